package dev.sartor.curate.secret;

import java.util.List;
import java.util.Locale;

/// What a value is like: how random, and whether it only stands where a secret would.
final class Values {
    private static final int ASCII = 128;
    private static final int LONGEST_NAME = 50;
    private static final List<String> PLACEHOLDERS =
            List.of(
                    "example",
                    "changeme",
                    "change_me",
                    "change-me",
                    "placeholder",
                    "xxxx",
                    "****",
                    "....",
                    "redacted",
                    "dummy",
                    "abcdefghij",
                    "0123456789",
                    "1234567890",
                    "deadbeef");

    private static final List<String> WORDS =
            List.of(
                    "password",
                    "passwd",
                    "secret",
                    "token",
                    "your",
                    "sample",
                    "insert",
                    "default",
                    "undefined",
                    "null",
                    "todo",
                    "publickey",
                    "privatekey");

    private Values() {}

    /// Shannon's entropy of its chars, in bits for each.
    static double entropy(String text, int from, int to) {
        var counts = new int[ASCII];
        for (int i = from; i < to; i++) {
            counts[text.charAt(i) % ASCII]++;
        }
        double length = to - from;
        double entropy = 0;
        for (int count : counts) {
            if (count > 0) {
                entropy -= count / length * (Math.log(count / length) / Math.log(2));
            }
        }
        return entropy;
    }

    static boolean isLetter(char c) {
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// What identifiers consist of.
    static boolean isWord(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }

    /// What names in settings consist of.
    static boolean isName(char c) {
        return isWord(c) || c == '-' || c == '.';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    static boolean hasDigit(String value) {
        return value.chars().anyMatch(c -> isDigit((char) c));
    }

    static boolean hasLetter(String value) {
        return value.chars().anyMatch(c -> isLetter((char) c));
    }

    /// Whether a word may begin at an index: after a letter or digit none does, but for the letter of a `\n` that is written out.
    static boolean begins(String text, int at) {
        if (at == 0 || !isWord(text.charAt(at - 1))) {
            return true;
        }
        char before = text.charAt(at - 1);
        return at > 1
                && text.charAt(at - 2) == '\\'
                && (before == 'n' || before == 'r' || before == 't');
    }

    /// The index of the first space or quote, or the limit where none stands before it: no token has one.
    static int runEnd(String text, int from, int limit) {
        int end = from;
        while (end < Math.min(text.length(), limit)
                && !isSpace(text.charAt(end))
                && !isQuote(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// What manuals and templates write where a token would stand.
    static boolean isPlaceholder(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return lower.chars().allMatch(c -> c == lower.charAt(0))
                || PLACEHOLDERS.stream().anyMatch(lower::contains);
    }

    /// What stands for a value that is elsewhere (`${KEY}`, `<key>`, `getKey()`), or for any (`your-key`).
    static boolean isReference(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return isPlaceholder(value)
                || "$%@/&{<[(*.\\".indexOf(value.charAt(0)) >= 0
                || value.indexOf('(') >= 0
                || value.indexOf('<') >= 0
                || value.indexOf('[') >= 0
                || value.contains("${")
                || value.contains("{{")
                || value.contains("://")
                || WORDS.stream().anyMatch(lower::contains);
    }

    /// What programs call something of something, such as `winreg.KEY_WOW64_32KEY`.
    static boolean isDottedName(String value) {
        if (value.indexOf('.') < 0) {
            return false;
        }
        for (var part : value.split("\\.", -1)) {
            boolean isName =
                    !part.isEmpty()
                            && part.length() < LONGEST_NAME
                            && !isDigit(part.charAt(0))
                            && part.chars().allMatch(c -> isWord((char) c));
            if (!isName) {
                return false;
            }
        }
        return true;
    }
}
