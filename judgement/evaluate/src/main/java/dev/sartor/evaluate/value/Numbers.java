package dev.sartor.evaluate.value;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Numbers as texts write them: `1,000.5`, `1.000,5`, `18,50`, `eighteen`, `twenty-five`.
final class Numbers {
    private static final Map<String, Integer> WORDS = new HashMap<>();
    private static final List<String> SMALL =
            List.of(
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

    static {
        for (int i = 0; i < SMALL.size(); i++) {
            WORDS.put(SMALL.get(i), i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            int tens = 10 * (i + 2);
            WORDS.put(TENS.get(i), tens);
            for (int one = 1; one < 10; one++) {
                WORDS.put(TENS.get(i) + "-" + SMALL.get(one), tens + one);
            }
        }
    }

    private Numbers() {}

    static OptionalDouble word(String word) {
        var number = WORDS.get(word.toLowerCase(Locale.ROOT));
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /// Of two kinds of separators the last one is the decimal mark. A single comma before three digits groups thousands, as does a
    /// dot that occurs twice; any other is the decimal mark.
    ///
    /// @param digits with commas, dots, blanks or apostrophes between
    /// @param isMoney which has no thousandths: a dot before three digits groups thousands there
    static double of(String digits, boolean isMoney) {
        var text = digits.replaceAll("[\\s\\h'’]", "");
        int comma = text.lastIndexOf(',');
        int dot = text.lastIndexOf('.');
        if (comma >= 0 && dot >= 0) {
            return comma > dot
                    ? parsed(text.replace(".", "").replace(',', '.'))
                    : parsed(text.replace(",", ""));
        }
        if (comma >= 0) {
            boolean groups = text.indexOf(',') < comma || text.length() - comma == 4;
            return parsed(groups ? text.replace(",", "") : text.replace(',', '.'));
        }
        boolean groups = text.indexOf('.') < dot || (isMoney && text.length() - dot == 4);
        return parsed(groups ? text.replace(".", "") : text);
    }

    private static double parsed(String text) {
        return Double.parseDouble(text);
    }
}
