package dev.sartor.template.syntax;

import dev.sartor.template.value.Characters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Cuts the inside of one tag into tokens, up to its closing characters (which inside brackets are operators).
final class TagLexer {
    private static final List<String> OPERATORS =
            List.of(
                    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(",
                    ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";");

    private final String source;
    private final String closingText;
    private final boolean isBlock;
    private final Deque<Character> open = new ArrayDeque<>();
    private int position;
    private int line;
    private int closing;

    TagLexer(String source, int position, int line, boolean isBlock) {
        this.source = source;
        this.position = position;
        this.line = line;
        this.isBlock = isBlock;
        this.closingText = isBlock ? "%}" : "}}";
    }

    /// Where the tag's last token ends.
    int position() {
        return position;
    }

    /// Where the closing `%}` or `}}` begins.
    int closing() {
        return closing;
    }

    void readInto(List<Token> tokens) {
        while (!isAtEnd()) {
            if (position >= source.length()) {
                throw error("a tag has no end '" + closingText + "'");
            }
            tokens.add(next());
        }
    }

    private boolean isAtEnd() {
        while (position < source.length() && Characters.isSpace(source.charAt(position))) {
            line += source.charAt(position) == '\n' ? 1 : 0;
            position++;
        }
        if (!open.isEmpty()) {
            return false;
        }
        boolean hasSign =
                source.startsWith("-", position) || (isBlock && source.startsWith("+", position));
        closing = hasSign ? position + 1 : position;
        return source.startsWith(closingText, closing);
    }

    private Token next() {
        char first = source.charAt(position);
        if (first >= '0' && first <= '9') {
            return number();
        }
        if (first == '"' || first == '\'') {
            return string(first);
        }
        int character = source.codePointAt(position);
        if (Character.isLetter(character) || character == '_') {
            int end =
                    Characters.skip(
                            source,
                            position,
                            source.length(),
                            c -> Character.isLetterOrDigit(c) || c == '_');
            return token(Token.Kind.NAME, end);
        }
        for (var operator : OPERATORS) {
            if (source.startsWith(operator, position)) {
                balance(operator);
                return token(Token.Kind.OPERATOR, position + operator.length());
            }
        }
        throw error("unexpected character '" + Character.toString(character) + "'");
    }

    private void balance(String operator) {
        switch (operator) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty() || open.pop() != operator.charAt(0)) {
                    throw error("'" + operator + "' closes nothing that is open");
                }
            }
            default -> {}
        }
    }

    private Token number() {
        int end = digitsEnd(position, 10);
        if (source.charAt(position) == '0' && position + 1 < source.length()) {
            int radix =
                    switch (Character.toLowerCase(source.charAt(position + 1))) {
                        case 'x' -> 16;
                        case 'o' -> 8;
                        case 'b' -> 2;
                        default -> 0;
                    };
            if (radix > 0 && digitsEnd(position + 2, radix) > position + 2) {
                return token(Token.Kind.INTEGER, digitsEnd(position + 2, radix));
            }
        }
        boolean isAfterDot = position > 0 && source.charAt(position - 1) == '.';
        int fraction = isAfterDot ? end : fractionEnd(end);
        return token(fraction > end ? Token.Kind.FLOAT : Token.Kind.INTEGER, fraction);
    }

    /// Where the fraction and exponent end that begin here; here, if there are none.
    private int fractionEnd(int begin) {
        int end = begin;
        if (source.startsWith(".", end) && digitsEnd(end + 1, 10) > end + 1) {
            end = digitsEnd(end + 1, 10);
        }
        if (source.regionMatches(true, end, "e", 0, 1)) {
            int digits = end + 1;
            if (source.startsWith("+", digits) || source.startsWith("-", digits)) {
                digits++;
            }
            if (digitsEnd(digits, 10) > digits) {
                end = digitsEnd(digits, 10);
            }
        }
        return end;
    }

    private int digitsEnd(int begin, int radix) {
        int end = begin;
        while (end < source.length()
                && (Character.digit(source.charAt(end), radix) >= 0
                        || (source.charAt(end) == '_'
                                && end + 1 < source.length()
                                && Character.digit(source.charAt(end + 1), radix) >= 0))) {
            end++;
        }
        return end;
    }

    private Token string(char quote) {
        int end = position + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw error("a string has no end " + quote);
        }
        var inside = source.substring(position + 1, end);
        var token = new Token(Token.Kind.STRING, StringEscapes.undone(inside, line), line);
        line += (int) inside.chars().filter(c -> c == '\n').count();
        position = end + 1;
        return token;
    }

    private Token token(Token.Kind kind, int end) {
        var token = new Token(kind, source.substring(position, end), line);
        position = end;
        return token;
    }

    private SyntaxError error(String message) {
        return new SyntaxError(line, message);
    }
}
