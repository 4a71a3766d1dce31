package dev.sartor.project.setting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sartor.core.SartorException;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Types;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One key of the project file, as its record's component declares it.
///
/// @param within the parts of the record that the component stands in, the outermost first; empty for most
public record SettingKey(
        String key, List<RecordComponent> within, RecordComponent component, Setting setting) {
    /// The keys of a record, in the order of its components; the keys of a part stand where the part does.
    public static List<SettingKey> of(Class<?> record) {
        return of(record, List.of());
    }

    private static List<SettingKey> of(Class<?> record, List<RecordComponent> within) {
        return Stream.of(record.getRecordComponents())
                .flatMap(component ->
                        isPart(component)
                                ? of(component.getType(), and(within, component)).stream()
                                : Stream.of(
                                        new SettingKey(
                                                Wire.key(component.getName()),
                                                within,
                                                component,
                                                declared(component))))
                .toList();
    }

    /// Whether a component is a record whose keys stand in the section itself.
    static boolean isPart(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static List<RecordComponent> and(List<RecordComponent> within, RecordComponent part) {
        return Stream.concat(within.stream(), Stream.of(part)).toList();
    }

    private static Setting declared(RecordComponent component) {
        var setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component + " says nothing about itself");
        }
        return setting;
    }

    /// What a record says under this key.
    public Object value(Object record) {
        try {
            var holder = record;
            for (var part : within) {
                holder = part.getAccessor().invoke(holder);
            }
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw SartorException.defect("cannot read " + key, e);
        }
    }

    public Type type() {
        return component.getGenericType();
    }

    public boolean isOptional() {
        return Types.raw(type()) == Optional.class;
    }

    public boolean isRequired() {
        return setting.fallback().isEmpty() && !isOptional();
    }

    /// The record that this key's value holds, once or many times.
    public Optional<Class<?>> section() {
        var inner = Types.raw(Types.element(type()));
        if (inner == TaskPrompt.class) {
            return Optional.of(TaskPrompt.section());
        }
        return inner.isRecord() ? Optional.of(inner) : Optional.empty();
    }
}
