package dev.sartor.template.syntax;

import dev.sartor.template.filter.Filters;
import dev.sartor.template.filter.Tests;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what follows an expression: attributes, items, slices, calls, filters and tests.
final class PostfixParser {
    private final TokenStream stream;
    private final ExpressionParser expressions;

    PostfixParser(TokenStream stream, ExpressionParser expressions) {
        this.stream = stream;
        this.expressions = expressions;
    }

    Expression membersAndCalls(Expression subject) {
        var result = subject;
        while (true) {
            if (stream.isOperator(".")) {
                result = member(result);
            } else if (stream.isOperator("[")) {
                result = item(result);
            } else if (stream.isOperator("(")) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    Expression filtersAndTests(Expression subject) {
        var result = subject;
        while (true) {
            if (stream.isOperator("|")) {
                int line = stream.line();
                result = new Expression.Filtered(line, result, filter());
            } else if (stream.isName("is")) {
                result = test(result);
            } else if (stream.isOperator("(")) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    private Expression call(Expression callee) {
        int line = stream.line();
        return new Expression.Call(line, callee, expressions.arguments());
    }

    private Expression member(Expression subject) {
        int line = stream.next().line();
        if (stream.is(Token.Kind.INTEGER)) {
            var index = new Value.Int(new BigInteger(stream.next().text()));
            return new Expression.Item(line, subject, new Expression.Literal(line, index));
        }
        var name = stream.expect(Token.Kind.NAME, "an attribute's name or a number after '.'");
        return new Expression.Attribute(line, subject, name.text());
    }

    private Expression item(Expression subject) {
        int line = stream.next().line();
        Optional<Expression> start =
                stream.isOperator(":") ? Optional.empty() : Optional.of(expressions.expression());
        if (stream.skipOperator(":")) {
            var stop = sliceBound();
            var step = stream.skipOperator(":") ? sliceBound() : Optional.<Expression>empty();
            stream.expectOperator("]");
            return new Expression.Slice(line, subject, start, stop, step);
        }
        var key = start.orElseThrow();
        if (stream.isOperator(",")) {
            List<Expression> parts = new ArrayList<>(List.of(key));
            while (stream.skipOperator(",") && !stream.isOperator("]")) {
                parts.add(expressions.expression());
            }
            key = new Expression.Sequence(line, Items.Kind.TUPLE, parts);
        }
        stream.expectOperator("]");
        return new Expression.Item(line, subject, key);
    }

    private Optional<Expression> sliceBound() {
        return stream.isOperator(":") || stream.isOperator("]")
                ? Optional.empty()
                : Optional.of(expressions.expression());
    }

    /// All filters that follow, for blocks: `| first | second(1)`.
    List<Expression.Applied> filters() {
        List<Expression.Applied> filters = new ArrayList<>();
        while (stream.isOperator("|")) {
            filters.add(filter());
        }
        return filters;
    }

    private Expression.Applied filter() {
        stream.expectOperator("|");
        return filterWithoutBar();
    }

    Expression.Applied filterWithoutBar() {
        var name = dottedName("a filter's name");
        if (!Filters.ALL.containsKey(name.text())) {
            stream.unknown(Filters.unknown(name.text()), name.line());
        }
        var arguments = stream.isOperator("(") ? expressions.arguments() : Expression.Supplied.NONE;
        return new Expression.Applied(name.line(), name.text(), arguments);
    }

    private Token dottedName(String what) {
        var first = stream.expect(Token.Kind.NAME, what);
        var name = new StringBuilder(first.text());
        while (stream.skipOperator(".")) {
            name.append('.').append(stream.expect(Token.Kind.NAME, what).text());
        }
        return new Token(Token.Kind.NAME, name.toString(), first.line());
    }

    private Expression test(Expression subject) {
        int line = stream.next().line();
        boolean isNegated = stream.skipName("not");
        var name = dottedName("a test's name");
        if (!Tests.ALL.containsKey(name.text())) {
            stream.unknown(Tests.unknown(name.text()), name.line());
        }
        var applied = new Expression.Applied(name.line(), name.text(), testArguments());
        var tested = new Expression.Tested(line, subject, applied);
        return isNegated ? new Expression.Not(line, tested) : tested;
    }

    private Expression.Supplied testArguments() {
        if (stream.isOperator("(")) {
            return expressions.arguments();
        }
        if (stream.isName("is")) {
            throw stream.unexpected("'and' or 'or' between two tests");
        }
        boolean isArgument =
                switch (stream.current().kind()) {
                    case NAME ->
                            !stream.isName("else") && !stream.isName("or") && !stream.isName("and");
                    case STRING, INTEGER, FLOAT -> true;
                    case OPERATOR -> stream.isOperator("[") || stream.isOperator("{");
                    case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END -> false;
                };
        if (!isArgument) {
            return Expression.Supplied.NONE;
        }
        var argument = membersAndCalls(expressions.primary());
        return new Expression.Supplied(
                List.of(argument), Map.of(), Optional.empty(), Optional.empty());
    }
}
