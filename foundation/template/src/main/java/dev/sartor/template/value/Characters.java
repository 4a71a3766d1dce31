package dev.sartor.template.value;

import java.util.function.IntPredicate;

/// Which characters Python counts as what.
public final class Characters {
    private Characters() {}

    /// `str.isspace`, and `\s` in Python's regular expressions.
    public static boolean isSpace(int character) {
        return switch (character) {
            case '\t', '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x1f, ' ', 0x85, 0xa0 -> true;
            case 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> character >= 0x2000 && character <= 0x200a;
        };
    }

    /// Where `str.splitlines` splits.
    public static boolean endsLine(int character) {
        return switch (character) {
            case '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    /// `str.isprintable`: what `repr` shows as it is.
    public static boolean isPrintable(int character) {
        if (character == ' ') {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    static boolean isCased(int character) {
        return Character.isUpperCase(character)
                || Character.isLowerCase(character)
                || Character.isTitleCase(character);
    }

    /// Where the text begins when its first characters that fit are left out.
    public static int skip(String text, int begin, int end, IntPredicate fits) {
        int position = begin;
        while (position < end && fits.test(text.codePointAt(position))) {
            position += Character.charCount(text.codePointAt(position));
        }
        return position;
    }

    /// Where the text ends when its last characters that fit are left out.
    public static int skipBack(String text, int begin, int end, IntPredicate fits) {
        int position = end;
        while (position > begin && fits.test(text.codePointBefore(position))) {
            position -= Character.charCount(text.codePointBefore(position));
        }
        return position;
    }
}
