package dev.sartor.project.setting;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

    /// `FEW_SHOT` → `few-shot`; a double underscore stands for the plus that joins two approaches.
    public static String value(Enum<?> constant) {
        var name = constant.name().toLowerCase(Locale.ROOT);
        return constant instanceof Spelt ? name : name.replace("__", "+").replace('_', '-');
    }

    public static List<String> values(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(each -> value((Enum<?>) each)).toList();
    }
}
