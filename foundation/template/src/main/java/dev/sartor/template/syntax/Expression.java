package dev.sartor.template.syntax;

import dev.sartor.template.value.Items;
import dev.sartor.template.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template computes with.
public sealed interface Expression {
    /// The line it begins in, from 1.
    int line();

    record Literal(int line, Value value) implements Expression {}

    record Name(int line, String name) implements Expression {}

    /// A list or tuple as it is written out.
    record Sequence(int line, Items.Kind kind, List<Expression> parts) implements Expression {}

    record Mapping(int line, List<Pair> pairs) implements Expression {}

    /// One entry of a {@link Mapping}.
    record Pair(Expression key, Expression value) {}

    /// `subject.name`: an attribute, else the item of that name.
    record Attribute(int line, Expression subject, String name) implements Expression {}

    /// `subject[key]`: an item, else the attribute of that name.
    record Item(int line, Expression subject, Expression key) implements Expression {}

    record Slice(
            int line,
            Expression subject,
            Optional<Expression> start,
            Optional<Expression> stop,
            Optional<Expression> step)
            implements Expression {}

    public record Call(int line, Expression callee, Supplied arguments) implements Expression {}

    record Filtered(int line, Expression subject, Applied filter) implements Expression {}

    record Tested(int line, Expression subject, Applied test) implements Expression {}

    record Not(int line, Expression operand) implements Expression {}

    record And(int line, Expression left, Expression right) implements Expression {}

    record Or(int line, Expression left, Expression right) implements Expression {}

    /// `a < b <= c`: holds where every neighbouring pair does.
    record Compare(int line, Expression first, List<Operand> rest) implements Expression {}

    /// One further part of a {@link Compare}.
    ///
    /// @param operator such as `==` or `not in`
    record Operand(String operator, Expression value) {}

    record Binary(int line, String operator, Expression left, Expression right)
            implements Expression {}

    record Signed(int line, boolean isNegative, Expression operand) implements Expression {}

    /// `a ~ b ~ c`: their texts, one after the other.
    record Joined(int line, List<Expression> parts) implements Expression {}

    record Conditional(
            int line, Expression condition, Expression then, Optional<Expression> otherwise)
            implements Expression {}

    /// A filter or test by name.
    record Applied(int line, String name, Supplied arguments) {}

    /// The arguments of a call as they are written.
    ///
    /// @param spread `*values`
    /// @param spreadNamed `**values`
    record Supplied(
            List<Expression> positional,
            Map<String, Expression> named,
            Optional<Expression> spread,
            Optional<Expression> spreadNamed) {
        static final Supplied NONE =
                new Supplied(List.of(), Map.of(), Optional.empty(), Optional.empty());
    }
}
