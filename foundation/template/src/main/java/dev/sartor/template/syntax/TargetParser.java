package dev.sartor.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what can be assigned to, and the parameters of macros.
final class TargetParser {
    private static final Set<String> CONSTANTS =
            Set.of("true", "false", "none", "True", "False", "None");

    private final TokenStream stream;
    private final ExpressionParser expressions;

    TargetParser(TokenStream stream, ExpressionParser expressions) {
        this.stream = stream;
        this.expressions = expressions;
    }

    /// What a loop assigns to; its own variable `loop` is not among it.
    Statement.Target loopTarget() {
        if (stream.isName("loop")) {
            throw new SyntaxError(stream.line(), "a loop may not assign to 'loop'");
        }
        return target(false);
    }

    /// One target, or several with commas between them.
    ///
    /// @param withMember whether it may be a namespace's attribute
    Statement.Target target(boolean withMember) {
        stream.enter();
        var first = single(withMember);
        var result = first;
        if (stream.isOperator(",")) {
            List<Statement.Target> parts = new ArrayList<>(List.of(first));
            while (stream.skipOperator(",") && !isEnd()) {
                parts.add(single(withMember));
            }
            result = new Statement.Target.Several(parts);
        }
        stream.leave();
        return result;
    }

    private boolean isEnd() {
        return stream.isName("in")
                || stream.isOperator(")")
                || stream.isOperator("=")
                || stream.is(Token.Kind.BLOCK_END);
    }

    private Statement.Target single(boolean withMember) {
        if (stream.skipOperator("(")) {
            var inside = target(withMember);
            stream.expectOperator(")");
            return inside;
        }
        var name = name();
        if (withMember && stream.skipOperator(".")) {
            var attribute = stream.expect(Token.Kind.NAME, "an attribute's name after '.'");
            return new Statement.Target.Member(name.text(), attribute.text());
        }
        return new Statement.Target.Variable(name.text());
    }

    Token name() {
        var name = stream.expect(Token.Kind.NAME, "a name");
        if (CONSTANTS.contains(name.text())) {
            throw new SyntaxError(name.line(), "'" + name.text() + "' cannot be assigned to");
        }
        stream.assigned(name.text());
        return name;
    }

    List<Statement.Parameter> parameters() {
        stream.expectOperator("(");
        List<Statement.Parameter> all = new ArrayList<>();
        while (!stream.isOperator(")")) {
            var name = name();
            Optional<Expression> otherwise =
                    stream.skipOperator("=")
                            ? Optional.of(expressions.expression())
                            : Optional.empty();
            if (otherwise.isEmpty() && !all.isEmpty() && all.getLast().otherwise().isPresent()) {
                throw new SyntaxError(
                        name.line(),
                        "parameter '"
                                + name.text()
                                + "' needs a default, as the one before it has");
            }
            all.add(new Statement.Parameter(name.text(), otherwise));
            if (!stream.skipOperator(",")) {
                break;
            }
        }
        stream.expectOperator(")");
        return all;
    }
}
