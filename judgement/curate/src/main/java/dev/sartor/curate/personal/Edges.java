package dev.sartor.curate.personal;

/// Where a number begins and ends: a part of a longer number, of a word or of an identifier is none.
final class Edges {
    private Edges() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isHex(char c) {
        char lower = (char) (c | 0x20);
        return isDigit(c) || (lower >= 'a' && lower <= 'f');
    }

    /// Whether something of its own may begin at an index.
    static boolean begins(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        if (Character.isLetterOrDigit(before) || before == '_') {
            return isEscape(text, at - 1);
        }
        if (before == '$' || before == '€' || before == '£') {
            return false; // a price
        }
        if (at == 1) {
            return true;
        }
        char further = text.charAt(at - 2);
        return switch (before) {
            case '-', '\u2011', '\u2013' -> !Character.isLetterOrDigit(further);
            case '.', '/' -> !isDigit(further);
            default -> true;
        };
    }

    /// Whether something of its own may end before an index.
    static boolean ends(String text, int at) {
        if (at == text.length()) {
            return true;
        }
        char after = text.charAt(at);
        if (Character.isLetterOrDigit(after) || after == '_') {
            return false;
        }
        if (at + 1 == text.length()) {
            return true;
        }
        char further = text.charAt(at + 1);
        return switch (after) {
            case '-', '\u2011', '\u2013' -> !Character.isLetterOrDigit(further);
            case '.' -> !isDigit(further);
            default -> true;
        };
    }

    /// The letter of a `\n`, `\r` or `\t` that is written out, as within JSON or source text.
    private static boolean isEscape(String text, int at) {
        char c = text.charAt(at);
        return at > 0 && text.charAt(at - 1) == '\\' && (c == 'n' || c == 'r' || c == 't');
    }
}
