package dev.sartor.constrain.automaton;

import dev.sartor.core.SartorException;

/// The characters of a regular expression one by one, and its escapes.
final class RegexReader {
    private static final int MOST_SHOWN = 80;

    private final String regex;
    private final int[] characters;
    private int at;

    RegexReader(String regex) {
        this.regex = regex;
        this.characters = regex.codePoints().toArray();
    }

    boolean more() {
        return at < characters.length;
    }

    int place() {
        return at;
    }

    int peek() {
        return characters[at];
    }

    boolean at(int character) {
        return more() && characters[at] == character;
    }

    boolean take(int character) {
        boolean found = at(character);
        at += found ? 1 : 0;
        return found;
    }

    int next() {
        if (!more()) {
            throw refused("an end in the middle", "complete it");
        }
        int c = characters[at++];
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw refused(at - 1, "half of a surrogate pair", "write the whole character");
        }
        return c;
    }

    /// Reads up to a closing character.
    String name(int close) {
        int start = at;
        while (!take(close)) {
            next();
        }
        return new String(characters, start, at - start - 1);
    }

    /// What stands after a backslash.
    ///
    /// @param inClass whether between brackets
    CharClasses escape(boolean inClass) {
        int start = at - 1;
        int c = next();
        var named = CharClasses.named(c);
        if (named.isPresent()) {
            return named.get();
        }
        return switch (c) {
            case 'p', 'P' -> property(c == 'P', start);
            case 'b', 'B' ->
                    throw refused(start, inClass ? "\\b" : "a word boundary", "leave it out");
            case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'k' ->
                    throw refused(start, "a back-reference", "write out what may stand there");
            default -> CharClasses.of(CodePoints.of(character(c, start)));
        };
    }

    private int character(int c, int start) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'x' -> at('{') ? braced(start) : hex(2, start);
            case 'u' -> at('{') ? braced(start) : unit(start);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw refused(start, "the escape \\" + Character.toString(c), "leave it out");
                }
                yield c;
            }
        };
    }

    private CharClasses property(boolean negated, int start) {
        if (!take('{')) {
            throw refused(start, "\\p without a name in braces", "write \\p{L}, for example");
        }
        var name = name('}');
        var found =
                CharClasses.property(name)
                        .orElseThrow(() ->
                                refused(
                                        start,
                                        "the unknown property " + name,
                                        "name one of Unicode's"));
        return negated ? found.complement() : found;
    }

    /// Two of them may be one character.
    private int unit(int start) {
        int first = hex(4, start);
        if (Character.isHighSurrogate((char) first) && take('\\') && take('u')) {
            int second = hex(4, start);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
        }
        return whole(first, start);
    }

    private int braced(int start) {
        take('{');
        var digits = name('}');
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= 6
                        && digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        if (!isNumber) {
            throw refused(
                    start, "a character's number that is none", "write \\u{1F600}, for example");
        }
        return whole(Integer.parseInt(digits, 16), start);
    }

    private int hex(int count, int start) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int c = next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw refused(start, "an escape that is not hexadecimal", "give all its digits");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private int whole(int c, int start) {
        if (c > Character.MAX_CODE_POINT
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw refused(start, "a number that is no character's", "give the whole character's");
        }
        return c;
    }

    private String shown() {
        return characters.length <= MOST_SHOWN
                ? regex
                : new String(characters, 0, MOST_SHOWN) + "…";
    }

    SartorException refused(String what, String advice) {
        return refused(at, what, advice);
    }

    SartorException refused(int place, String what, String advice) {
        return SartorException.user(
                "the regular expression '"
                        + shown()
                        + "' has "
                        + what
                        + " at character "
                        + (place + 1)
                        + ", which cannot be held: "
                        + advice);
    }
}
