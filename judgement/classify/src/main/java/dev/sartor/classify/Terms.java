package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What a text is made of, in lower case, as scikit-learn's vectorizers tell it: its words of two characters or more and each two
/// neighbours of them (analyzer `word`, n-grams of 1 and 2), or the runs of 3 to 5 characters within what blanks part, which has
/// a blank put before and behind it (analyzer `char_wb`).
enum Terms {
    WORDS {
        @Override
        void each(String text, Consumer<String> term) {
            var words = words(text);
            words.forEach(term);
            for (int i = 1; i < words.size(); i++) {
                term.accept(words.get(i - 1) + " " + words.get(i));
            }
        }
    },
    CHARACTERS {
        @Override
        void each(String text, Consumer<String> term) {
            BLANKS.splitAsStream(text.toLowerCase(Locale.ROOT))
                    .filter(part -> !part.isEmpty())
                    .forEach(part -> runs((" " + part + " ").codePoints().toArray(), term));
        }
    };

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    /// Hands over each term as often as it occurs.
    abstract void each(String text, Consumer<String> term);

    /// What is shorter than a run counts once, as it is.
    private static void runs(int[] padded, Consumer<String> term) {
        for (int length = SHORTEST; length <= LONGEST; length++) {
            if (padded.length <= length) {
                term.accept(new String(padded, 0, padded.length));
                return;
            }
            for (int at = 0; at + length <= padded.length; at++) {
                term.accept(new String(padded, at, length));
            }
        }
    }

    /// Runs of two or more letters, digits and low lines.
    static List<String> words(String text) {
        var points = text.toLowerCase(Locale.ROOT).codePoints().toArray();
        var words = new ArrayList<String>();
        int from = 0;
        for (int at = 0; at <= points.length; at++) {
            if (at == points.length || !isOfWords(points[at])) {
                if (at - from > 1) {
                    words.add(new String(Arrays.copyOfRange(points, from, at), 0, at - from));
                }
                from = at + 1;
            }
        }
        return words;
    }

    private static boolean isOfWords(int point) {
        return Character.isLetterOrDigit(point)
                || point == '_'
                || Character.getType(point) == Character.LETTER_NUMBER
                || Character.getType(point) == Character.OTHER_NUMBER;
    }
}
