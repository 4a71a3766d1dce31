package dev.sartor.studio.page;

import java.util.Locale;

/// How texts of others are shown. What is invisible in them, or turns the text around it, is made visible; markup is the templates'
/// business, which write every text as text.
final class Shown {
    private static final int CONTROL_PICTURES = 0x2400;

    private Shown() {}

    static String text(String said) {
        var shown = new StringBuilder(said.length() + 8);
        said.codePoints().forEach(each -> add(each, shown));
        return shown.toString();
    }

    private static void add(int character, StringBuilder to) {
        if (character < ' ' && character != '\n' && character != '\t') {
            to.appendCodePoint(CONTROL_PICTURES + character);
        } else if (turnsText(character) || Character.getType(character) == Character.SURROGATE) {
            to.append(String.format(Locale.ROOT, "‹U+%04X›", character));
        } else {
            to.appendCodePoint(character);
        }
    }

    /// Marks of direction, with which a text can look like another.
    private static boolean turnsText(int character) {
        return character == 0x200E
                || character == 0x200F
                || character == 0x061C
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    /// For a table's cell, where nothing would look like a cell that is missing.
    static String answer(String said) {
        return said.isBlank() ? "(nothing)" : text(said);
    }

    /// `right`, `partly` or `wrong`
    static String mark(double score) {
        if (score >= 0.999) {
            return "right";
        }
        return score > 0 ? "partly" : "wrong";
    }
}
