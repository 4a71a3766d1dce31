package dev.sartor.constrain.automaton;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// How a text's characters are written as bytes.
public enum CharEncoding {
    /// As they are.
    UTF_8,
    /// As in a JSON string, each in one way: escaped only where it must be.
    JSON;

    private static final CodePoints ESCAPED =
            CodePoints.range(0, 0x1f).or(CodePoints.of('"', '\\'));

    /// Any one of the characters.
    public Expression of(CodePoints set) {
        FormBudget.steps(5000);
        var options = new ArrayList<Expression>();
        var plain = this == JSON ? set.minus(ESCAPED) : set;
        plain.forEachRange((low, high) -> addRange(low, high, options));
        if (this == JSON) {
            for (int c = 0; c < 128; c++) {
                if (set.contains(c) && ESCAPED.contains(c)) {
                    options.add(Expression.literal(escape(c)));
                }
            }
        }
        // Repetitions of it are smaller so.
        return new Expression.Words(Automaton.of(new Expression.Choice(options)));
    }

    private static String escape(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u" + HexFormat.of().toHexDigits((char) c);
        };
    }

    /// A range cut into pieces whose UTF-8 bytes are ranges of their own, place by place (Cox 2010, "Regular Expression
    /// Matching in the Wild").
    private static void addRange(int low, int high, List<Expression> options) {
        for (int last : new int[] {0x7f, 0x7ff, 0xffff}) {
            if (low <= last && high > last) {
                addRange(low, last, options);
                addRange(last + 1, high, options);
                return;
            }
        }
        for (int bits = 6; bits <= 18 && high > 0x7f; bits += 6) {
            int mask = (1 << bits) - 1;
            if ((low & ~mask) != (high & ~mask)) {
                if ((low & mask) != 0) {
                    addRange(low, low | mask, options);
                    addRange((low | mask) + 1, high, options);
                    return;
                }
                if ((high & mask) != mask) {
                    addRange(low, (high & ~mask) - 1, options);
                    addRange(high & ~mask, high, options);
                    return;
                }
            }
        }
        options.add(bytes(low, high));
    }

    private static Expression bytes(int low, int high) {
        var first = Character.toString(low).getBytes(StandardCharsets.UTF_8);
        var last = Character.toString(high).getBytes(StandardCharsets.UTF_8);
        var letters = new ArrayList<Expression>();
        for (int i = 0; i < first.length; i++) {
            letters.add(new Expression.Letters(first[i] & 0xff, last[i] & 0xff));
        }
        return new Expression.Sequence(letters);
    }
}
