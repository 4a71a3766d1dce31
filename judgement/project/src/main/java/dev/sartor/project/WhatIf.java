package dev.sartor.project;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Range;
import dev.sartor.project.yaml.Types;
import dev.sartor.project.yaml.YamlSource;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/// A project with other prices and values than its file has, as somebody asks what would be if. The file stays as it is.
public final class WhatIf {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Object> costs = new LinkedHashMap<>();

    private WhatIf() {}

    /// One value that is asked for.
    ///
    /// @param option that names it, such as `--volume`, or `--set per_wrong`
    public record Asked(String option, String key, String value) {
        /// @param text such as `per_wrong=2.5`
        public static Asked of(String option, String text) {
            var at = text.indexOf('=');
            Problems.refuseUnless(
                    at > 0,
                    option,
                    "KEY=VALUE",
                    "'" + text + "'",
                    "such as " + option + " per_wrong=2.5");
            var key = text.substring(0, at).strip();
            return new Asked(option + " " + key, key, text.substring(at + 1).strip());
        }
    }

    /// @throws SartorException a user's error for a key that is unknown and a value that the key cannot have
    public static Project of(Project project, List<Asked> asked) {
        var whatIf = new WhatIf();
        asked.forEach(whatIf::take);
        return whatIf.applied(project);
    }

    private void take(Asked asked) {
        var ofValue = key(ValueSettings.class, asked.key());
        var ofCosts = key(Costs.class, asked.key());
        if (ofValue.isPresent()) {
            values.put(name(ofValue.get()), number(asked, ofValue.get()));
        } else if (ofCosts.isPresent()) {
            costs.put(name(ofCosts.get()), number(asked, ofCosts.get()));
        } else {
            throw SartorException.user(
                    "unknown key '"
                            + asked.key()
                            + "' after --set."
                            + Nearest.advice(
                                    asked.key(),
                                    Stream.concat(
                                                    numbers(ValueSettings.class),
                                                    numbers(Costs.class))
                                            .map(SettingKey::key)
                                            .toList()));
        }
    }

    private static Optional<SettingKey> key(Class<?> record, String name) {
        return numbers(record).filter(each -> each.key().equals(name)).findFirst();
    }

    /// Keys that hold a number.
    private static Stream<SettingKey> numbers(Class<?> record) {
        return SettingKey.of(record).stream()
                .filter(each -> Types.raw(each.type()) != Map.class)
                .filter(each -> {
                    var type = Types.raw(Types.element(each.type()));
                    return type == double.class || type == Double.class || type == int.class;
                });
    }

    private static String name(SettingKey key) {
        return key.component().getName();
    }

    private static Object number(Asked asked, SettingKey key) {
        var setting = key.setting();
        boolean isWhole = Types.raw(key.type()) == int.class;
        var rule = isWhole ? "a whole number" : "a number";
        if (!Range.of(setting).isEmpty()) {
            rule += ", " + Range.of(setting);
        }
        double number = parsed(asked.value());
        boolean isWithin =
                Double.isFinite(number)
                        && (setting.above() ? number > setting.least() : number >= setting.least())
                        && number <= setting.most()
                        && (!isWhole || number == Math.rint(number));
        Problems.refuseUnless(
                isWithin,
                asked.option(),
                rule,
                asked.value(),
                setting.advice().isEmpty()
                        ? "such as " + key.key() + "=" + setting.example()
                        : setting.advice());
        if (isWhole) {
            return (int) number;
        }
        return key.isOptional() ? Optional.of(number) : (Object) number;
    }

    /// NaN for what is no number.
    private static double parsed(String text) {
        try {
            return Double.parseDouble(text.replace("_", ""));
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private Project applied(Project project) {
        var tasks = new ArrayList<TaskSettings>();
        for (var task : project.tasks()) {
            tasks.add(
                    task.value()
                            .map(own -> with(task, Map.of("value", Optional.of(with(own, values)))))
                            .orElse(task));
        }
        return with(
                project,
                Map.of(
                        "value",
                        value(project).map(each -> with(each, values)),
                        "tasks",
                        tasks,
                        "costs",
                        with(project.costs(), costs)));
    }

    /// That of the file; where it has none, one that is made of what is asked.
    private Optional<ValueSettings> value(Project project) {
        return project.value()
                .or(() -> values.containsKey("perRight") ? Optional.of(bare()) : Optional.empty());
    }

    private static ValueSettings bare() {
        var problems = new FileProblems("value");
        return new YamlBinder(Path.of(""), problems)
                .record(
                        (MappingNode) YamlSource.fragment("{per_right: 0}"),
                        ValueSettings.class,
                        "")
                .orElseThrow(() -> SartorException.defect("a value of defaults alone is refused"));
    }

    /// The record with some components changed.
    private static <R extends Record> R with(R record, Map<String, Object> changed) {
        var components = record.getClass().getRecordComponents();
        try {
            var arguments = new ArrayList<Object>();
            for (var component : components) {
                arguments.add(
                        changed.getOrDefault(
                                component.getName(), component.getAccessor().invoke(record)));
            }
            var types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
            @SuppressWarnings("unchecked")
            var type = (Class<R>) record.getClass();
            return type.getDeclaredConstructor(types).newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw SartorException.defect("cannot change " + record.getClass(), e);
        }
    }
}
