package dev.sartor.compare;

import dev.sartor.core.SartorException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One key of the project file, as its record's component declares it.
record SettingKey(String key, RecordComponent component, Setting setting) {
    /// The keys of a record, in the order of its components.
    static List<SettingKey> of(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .map(component ->
                        new SettingKey(
                                Wire.key(component.getName()), component, declared(component)))
                .toList();
    }

    private static Setting declared(RecordComponent component) {
        var setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component + " says nothing about itself");
        }
        return setting;
    }

    /// What a record says under this key.
    Object value(Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw SartorException.defect("cannot read " + key, e);
        }
    }

    Type type() {
        return component.getGenericType();
    }

    boolean isOptional() {
        return Types.raw(type()) == Optional.class;
    }

    boolean isRequired() {
        return setting.fallback().isEmpty() && !isOptional();
    }

    /// The record that this key's value holds, once or many times.
    Optional<Class<?>> section() {
        var inner = Types.raw(Types.element(type()));
        return inner.isRecord() ? Optional.of(inner) : Optional.empty();
    }

    /// Looks through Optional, List and Map at what they hold.
    static final class Types {
        private Types() {}

        static Class<?> raw(Type type) {
            return switch (type) {
                case Class<?> plain -> plain;
                case ParameterizedType generic -> (Class<?>) generic.getRawType();
                default -> throw new IllegalStateException("no setting has the type " + type);
            };
        }

        static Type argument(Type type, int index) {
            return ((ParameterizedType) type).getActualTypeArguments()[index];
        }

        static Type element(Type type) {
            var raw = raw(type);
            if (raw == Optional.class || raw == List.class) {
                return element(argument(type, 0));
            }
            return raw == Map.class ? argument(type, 1) : type;
        }
    }
}
