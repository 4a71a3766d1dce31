package dev.sartor.data;

import java.text.Normalizer;
import java.util.Locale;

/// Text with case, space and punctuation folded away, for telling whether two texts say the same.
public final class Folding {
    private Folding() {}

    /// NFKC; without white space, punctuation (Unicode's P), control and format characters (zero-width ones); upper then
    /// lower case, so that `ß` and `SS` meet. Symbols such as `+`, `€` and emoji stay: they carry meaning. May be empty.
    public static String of(String text) {
        var kept = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !isFoldedAway(c))
                .forEach(kept::appendCodePoint);
        return kept.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// The folded text, or the text itself where folding leaves nothing, so that `?` and `!` stay apart.
    public static String keyOf(String text) {
        var folded = of(text);
        return folded.isEmpty() ? text : folded;
    }

    private static boolean isFoldedAway(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}
