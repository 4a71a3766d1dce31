package dev.sartor.suite.python;

import java.util.Locale;

/// Python's `str` methods. They differ from Java's in what counts as whitespace, and lengths are in code points.
public final class PythonText {
    private PythonText() {}

    /// `len(text)`.
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// `c.isspace()`.
    static boolean isSpace(int c) {
        return (c >= '\t' && c <= '\r')
                || (c >= 0x1c && c <= ' ')
                || c == 0x85
                || Character.isSpaceChar(c);
    }

    /// `text.rstrip()`.
    public static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /// `text.lstrip()`.
    public static String stripStart(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    /// `text.strip()`.
    public static String strip(String text) {
        return stripStart(stripEnd(text));
    }

    /// `text.capitalize()`; the first character by Unicode's simple title case, which differs from Python's for a few letters that
    /// become two.
    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        var rest = text.substring(Character.charCount(first));
        return Character.toString(Character.toTitleCase(first)) + rest.toLowerCase(Locale.ROOT);
    }
}
