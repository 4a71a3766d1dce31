package dev.sartor.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Words and n-grams as the field's tools, all of them Python, cut them.
final class Words {
    /// What Python's `str.isspace` says yes to; wider than Java's `\s`, and another set than Unicode's White_Space.
    private static final String SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\p{Z}]";

    private static final Pattern SPACES = Pattern.compile(SPACE + "+");
    private static final Pattern LAST_SPACES = Pattern.compile(SPACE + "+\\z");

    private Words() {}

    /// Python's `str.split()`.
    static List<String> of(String text) {
        return SPACES.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    /// Python's `str.rstrip()`.
    static String withoutLastSpaces(String text) {
        return LAST_SPACES.matcher(text).replaceFirst("");
    }

    static String withoutSpaces(String text) {
        return SPACES.matcher(text).replaceAll("");
    }

    /// Each run of n neighbours with how often it occurs.
    static Map<List<String>, Integer> nGrams(List<String> tokens, int n) {
        var counts = new HashMap<List<String>, Integer>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            counts.merge(List.copyOf(tokens.subList(i, i + n)), 1, Integer::sum);
        }
        return counts;
    }

    /// The text's code points, each a string.
    static List<String> characters(String text) {
        var characters = new ArrayList<String>(text.length());
        text.codePoints().mapToObj(Character::toString).forEach(characters::add);
        return characters;
    }

    static int total(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// How many of the first's n-grams the second has too, each at most as often as the second has it.
    static <T> int matches(Map<T, Integer> first, Map<T, Integer> second) {
        return first.entrySet().stream()
                .mapToInt(
                        entry -> Math.min(entry.getValue(), second.getOrDefault(entry.getKey(), 0)))
                .sum();
    }
}
