package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.CharEncoding;
import dev.sartor.constrain.automaton.CodePoints;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.RegexParser;
import java.util.List;

/// The parts of JSON as expressions (RFC 8259). Blanks are kept to what makes texts finite: at most one blank or line
/// feed where JSON allows any number.
final class JsonTexts {
    static final Expression BLANK =
            Expression.optional(
                    Expression.choice(Expression.literal(" "), Expression.literal("\n")));
    static final Expression COMMA = Expression.sequence(Expression.literal(","), BLANK);
    private static final Expression COLON = Expression.sequence(Expression.literal(":"), BLANK);

    /// Values of up to 15 digits keep their value as doubles; exponents of two digits overflow no double.
    private static final String INTEGER = "0|-?[1-9][0-9]{0,14}";

    private static final String NUMBER =
            "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?";

    private JsonTexts() {}

    static Expression integer() {
        return RegexParser.whole(INTEGER, CharEncoding.UTF_8);
    }

    static Expression number() {
        return RegexParser.whole(NUMBER, CharEncoding.UTF_8);
    }

    /// Any string, with every escape.
    static Expression string() {
        return quoted(Expression.any(character()));
    }

    /// Strings of so many characters.
    ///
    /// @param most {@link Expression.Repetition#UNBOUNDED} for no limit
    static Expression string(int least, int most) {
        return quoted(
                new Expression.Repetition(CharEncoding.JSON.of(CodePoints.all()), least, most));
    }

    static Expression quoted(Expression content) {
        var quote = Expression.literal("\"");
        return Expression.sequence(quote, content, quote);
    }

    /// One character; \\u escapes of surrogates come in pairs.
    private static Expression character() {
        var plain =
                CodePoints.all().minus(CodePoints.range(0, 0x1f)).minus(CodePoints.of('"', '\\'));
        var escape =
                RegexParser.whole(
                        "\\\\([\"\\\\/bfnrt]|u([0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2}"
                                + "|[Dd][89ABab][0-9A-Fa-f]{2}\\\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}))",
                        CharEncoding.UTF_8);
        return Expression.choice(CharEncoding.UTF_8.of(plain), escape);
    }

    static Expression member(Expression key, Expression value) {
        return Expression.sequence(key, COLON, value);
    }

    static Expression object(Expression members) {
        return Expression.sequence(
                Expression.literal("{"), BLANK, members, BLANK, Expression.literal("}"));
    }

    static Expression array(Expression elements) {
        return Expression.sequence(
                Expression.literal("["), BLANK, elements, BLANK, Expression.literal("]"));
    }

    /// Elements with commas between them.
    ///
    /// @param most {@link Expression.Repetition#UNBOUNDED} for no limit
    static Expression list(Expression element, int least, int most) {
        if (most == 0) {
            return Expression.empty();
        }
        int unbounded = Expression.Repetition.UNBOUNDED;
        var rest =
                new Expression.Repetition(
                        Expression.sequence(COMMA, element),
                        Math.max(0, least - 1),
                        most == unbounded ? unbounded : most - 1);
        var some = Expression.sequence(element, rest);
        return least == 0 ? Expression.optional(some) : some;
    }

    /// Any value.
    ///
    /// @param value,string,number calls of the rules for these
    static Expression any(Expression value, Expression string, Expression number) {
        var member = member(string, value);
        return new Expression.Choice(
                List.of(
                        object(list(member, 0, Expression.Repetition.UNBOUNDED)),
                        array(list(value, 0, Expression.Repetition.UNBOUNDED)),
                        string,
                        number,
                        Expression.literal("true"),
                        Expression.literal("false"),
                        Expression.literal("null")));
    }
}
