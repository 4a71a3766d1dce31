package dev.sartor.template.syntax;

import dev.sartor.template.value.Items;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads expressions. The order of binding is jinja2's: condition, or, and, not, comparison, sum, `~`, product, power,
/// sign, then calls, items, filters and tests.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

    private final TokenStream stream;
    private final PostfixParser postfix;

    ExpressionParser(TokenStream stream) {
        this.stream = stream;
        this.postfix = new PostfixParser(stream, this);
    }

    /// One expression, or several with commas between them: a tuple.
    Expression tuple(boolean withCondition) {
        int line = stream.line();
        var first = withCondition ? expression() : or();
        if (!stream.isOperator(",")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (stream.skipOperator(",") && !isTupleEnd()) {
            parts.add(withCondition ? expression() : or());
        }
        return new Expression.Sequence(line, Items.Kind.TUPLE, parts);
    }

    private boolean isTupleEnd() {
        return stream.is(Token.Kind.BLOCK_END)
                || stream.is(Token.Kind.VARIABLE_END)
                || stream.isOperator(")")
                || stream.isName("recursive");
    }

    Expression expression() {
        int line = stream.line();
        int mark = stream.unknownMark();
        stream.enter();
        var result = or();
        while (stream.skipName("if")) {
            var condition = or();
            Optional<Expression> otherwise =
                    stream.skipName("else") ? Optional.of(expression()) : Optional.empty();
            result = new Expression.Conditional(line, condition, result, otherwise);
            stream.forgiveSince(mark);
        }
        stream.leave();
        return result;
    }

    private Expression or() {
        var left = and();
        while (stream.isName("or")) {
            int line = stream.next().line();
            left = new Expression.Or(line, left, and());
        }
        return left;
    }

    private Expression and() {
        var left = not();
        while (stream.isName("and")) {
            int line = stream.next().line();
            left = new Expression.And(line, left, not());
        }
        return left;
    }

    private Expression not() {
        if (!stream.isName("not")) {
            return comparison();
        }
        int line = stream.next().line();
        stream.enter();
        var operand = not();
        stream.leave();
        return new Expression.Not(line, operand);
    }

    private Expression comparison() {
        int line = stream.line();
        var first = sum();
        List<Expression.Operand> rest = new ArrayList<>();
        while (true) {
            var operator = comparisonOperator();
            if (operator.isEmpty()) {
                break;
            }
            rest.add(new Expression.Operand(operator.get(), sum()));
        }
        return rest.isEmpty() ? first : new Expression.Compare(line, first, rest);
    }

    private Optional<String> comparisonOperator() {
        var token = stream.current();
        if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return Optional.of(stream.next().text());
        }
        if (stream.skipName("in")) {
            return Optional.of("in");
        }
        if (token.isName("not") && stream.ahead().isName("in")) {
            stream.next();
            stream.next();
            return Optional.of("not in");
        }
        return Optional.empty();
    }

    private Expression sum() {
        var left = joined();
        while (isOneOf(SUMS)) {
            var operator = stream.next();
            left = new Expression.Binary(operator.line(), operator.text(), left, joined());
        }
        return left;
    }

    private Expression joined() {
        int line = stream.line();
        var first = product();
        if (!stream.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (stream.skipOperator("~")) {
            parts.add(product());
        }
        return new Expression.Joined(line, parts);
    }

    private Expression product() {
        var left = power();
        while (isOneOf(PRODUCTS)) {
            var operator = stream.next();
            left = new Expression.Binary(operator.line(), operator.text(), left, power());
        }
        return left;
    }

    private Expression power() {
        var left = unary(true);
        while (stream.isOperator("**")) {
            int line = stream.next().line();
            left = new Expression.Binary(line, "**", left, unary(true));
        }
        return left;
    }

    private boolean isOneOf(Set<String> operators) {
        var token = stream.current();
        return token.kind() == Token.Kind.OPERATOR && operators.contains(token.text());
    }

    private Expression unary(boolean withFilter) {
        int line = stream.line();
        Expression result;
        if (stream.isOperator("-") || stream.isOperator("+")) {
            boolean isNegative = stream.next().text().equals("-");
            stream.enter();
            result = new Expression.Signed(line, isNegative, unary(false));
            stream.leave();
        } else {
            result = primary();
        }
        result = postfix.membersAndCalls(result);
        return withFilter ? postfix.filtersAndTests(result) : result;
    }

    Expression primary() {
        var token = stream.current();
        return switch (token.kind()) {
            case NAME -> name(stream.next());
            case STRING -> string();
            case INTEGER -> new Expression.Literal(token.line(), integer(stream.next()));
            case FLOAT -> new Expression.Literal(token.line(), real(stream.next()));
            case OPERATOR ->
                    switch (token.text()) {
                        case "(" -> parenthesised();
                        case "[" -> list();
                        case "{" -> mapping();
                        default -> throw stream.unexpected("an expression");
                    };
            case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END ->
                    throw stream.unexpected("an expression");
        };
    }

    private Expression name(Token token) {
        Optional<Value> constant =
                switch (token.text()) {
                    case "true", "True" -> Optional.of(Value.Bool.TRUE);
                    case "false", "False" -> Optional.of(Value.Bool.FALSE);
                    case "none", "None" -> Optional.of(Value.None.NONE);
                    default -> Optional.empty();
                };
        if (constant.isPresent()) {
            return new Expression.Literal(token.line(), constant.get());
        }
        stream.met(token.text());
        return new Expression.Name(token.line(), token.text());
    }

    private Expression string() {
        int line = stream.line();
        var text = new StringBuilder();
        while (stream.is(Token.Kind.STRING)) {
            text.append(stream.next().text());
        }
        return new Expression.Literal(line, Text.own(text.toString()));
    }

    private static Value integer(Token token) {
        var digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
        int radix = 10;
        if (digits.length() > 2 && digits.charAt(0) == '0') {
            radix =
                    switch (digits.charAt(1)) {
                        case 'x' -> 16;
                        case 'o' -> 8;
                        case 'b' -> 2;
                        default -> 10;
                    };
        }
        if (digits.length() > 1000) {
            throw new SyntaxError(token.line(), "a number has more than 1000 digits");
        }
        return new Value.Int(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
    }

    private static Value real(Token token) {
        return new Value.Real(Double.parseDouble(token.text().replace("_", "")));
    }

    private Expression parenthesised() {
        int line = stream.next().line();
        stream.enter();
        var inside =
                stream.isOperator(")")
                        ? new Expression.Sequence(line, Items.Kind.TUPLE, List.of())
                        : tuple(true);
        stream.leave();
        stream.expectOperator(")");
        return inside;
    }

    private Expression list() {
        int line = stream.next().line();
        List<Expression> parts = new ArrayList<>();
        while (!stream.isOperator("]")) {
            parts.add(expression());
            if (!stream.skipOperator(",")) {
                break;
            }
        }
        stream.expectOperator("]");
        return new Expression.Sequence(line, Items.Kind.LIST, parts);
    }

    private Expression mapping() {
        int line = stream.next().line();
        List<Expression.Pair> pairs = new ArrayList<>();
        while (!stream.isOperator("}")) {
            var key = expression();
            stream.expectOperator(":");
            pairs.add(new Expression.Pair(key, expression()));
            if (!stream.skipOperator(",")) {
                break;
            }
        }
        stream.expectOperator("}");
        return new Expression.Mapping(line, pairs);
    }

    /// The arguments of a call, from `(` to `)`.
    Expression.Supplied arguments() {
        stream.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Optional<Expression> spread = Optional.empty();
        Optional<Expression> spreadNamed = Optional.empty();
        while (!stream.isOperator(")")) {
            if (spreadNamed.isPresent()) {
                throw stream.unexpected("')' after '**'");
            }
            if (stream.skipOperator("**")) {
                spreadNamed = Optional.of(expression());
            } else if (stream.skipOperator("*")) {
                spread = Optional.of(expression());
            } else if (stream.is(Token.Kind.NAME) && stream.ahead().isOperator("=")) {
                named(named);
            } else if (spread.isPresent() || !named.isEmpty()) {
                throw stream.unexpected("an argument with a name");
            } else {
                positional.add(expression());
            }
            if (!stream.skipOperator(",")) {
                break;
            }
        }
        stream.expectOperator(")");
        return new Expression.Supplied(positional, named, spread, spreadNamed);
    }

    private void named(Map<String, Expression> named) {
        var name = stream.next();
        stream.expectOperator("=");
        if (named.containsKey(name.text())) {
            throw new SyntaxError(name.line(), "argument '" + name.text() + "' is given twice");
        }
        named.put(name.text(), expression());
    }

    PostfixParser postfix() {
        return postfix;
    }
}
