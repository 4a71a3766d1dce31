package dev.sartor.tune;

/// Pieces of text as a person can read them within a line.
final class Strings {
    private Strings() {}

    /// How many characters both begin with.
    static int commonPrefix(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int same = 0;
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    /// The beginning, in quotes, on one line.
    static String quoted(String text, int most) {
        return "\"" + onOneLine(text.length() > most ? text.substring(0, most) + "…" : text) + "\"";
    }

    /// The end, in quotes, on one line.
    static String quotedEnd(String text, int most) {
        return "\""
                + onOneLine(
                        text.length() > most ? "…" + text.substring(text.length() - most) : text)
                + "\"";
    }

    static String onOneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
