package dev.sartor.project.setting;

import java.util.List;
import java.util.Locale;

/// How names of the code are written in files: keys in snake_case, values with hyphens.
public final class Wire {
    private Wire() {}

    /// `learningRate` → `learning_rate`.
    static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /// Values that are written with underscores, as they are elsewhere: `causal_lm`.
    public interface Spelt {
        String name();
    }

    /// `DROP_FROM_TRAINING` → `drop-from-training`.
    public static String value(Enum<?> constant) {
        var name = constant.name().toLowerCase(Locale.ROOT);
        return constant instanceof Spelt ? name : name.replace('_', '-');
    }

    /// Whether the file names one of a few values.
    public static boolean isChoice(Class<?> type) {
        return type.isEnum() || type == ApproachName.class;
    }

    /// The values that the file can name.
    static List<?> choices(Class<?> type) {
        return type == ApproachName.class ? ApproachName.all() : List.of(type.getEnumConstants());
    }

    /// As the file names it.
    public static String choice(Object value) {
        return value instanceof ApproachName approach
                ? approach.wireName()
                : value((Enum<?>) value);
    }

    public static List<String> values(Class<?> type) {
        return choices(type).stream().map(Wire::choice).toList();
    }
}
