package dev.sartor.suite.task;

import dev.sartor.suite.python.PythonText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers in solutions, as `gsm8k.yaml` finds and compares them. In Python only a line feed ends a line: (?d).
final class NumberAnswers {
    private static final Pattern STRICT = Pattern.compile("#### (-?[0-9.,]+)");
    private static final Pattern FLEXIBLE = Pattern.compile("(-?[$0-9.,]{2,})|(-?[0-9]+)");
    private static final String NONE = "[invalid]";

    private static final List<Pattern> IGNORED =
            List.of(
                    Pattern.compile(","),
                    Pattern.compile("\\$"),
                    Pattern.compile("(?s).*#### "),
                    Pattern.compile("(?d)\\.$"));

    private NumberAnswers() {}

    /// The first number behind `####`.
    static String strict(String text) {
        var found = STRICT.matcher(text);
        return found.find() ? PythonText.strip(found.group(1)) : NONE;
    }

    /// The last number.
    static String flexible(String text) {
        var found = FLEXIBLE.matcher(text);
        var last = NONE;
        while (found.find()) {
            last = found.group();
        }
        return PythonText.strip(last);
    }

    /// `exact_match_hf_evaluate` with the file's `regexes_to_ignore` and `ignore_case`.
    static boolean areSame(String found, String reference) {
        return bare(found).equals(bare(reference));
    }

    private static String bare(String text) {
        var left = text;
        for (var ignored : IGNORED) {
            left = ignored.matcher(left).replaceAll("");
        }
        return left.toLowerCase(Locale.ROOT);
    }
}
