package dev.sartor.constrain.automaton;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A regular set of words over letters: 0 to 255 are bytes, {@link #FIRST_CALL} + r stands for any word of a grammar's rule r.
public sealed interface Expression {
    int FIRST_CALL = 256;

    /// One letter of a range.
    record Letters(int low, int high) implements Expression {}

    /// One after the other; of none, the empty word.
    record Sequence(List<Expression> parts) implements Expression {}

    /// Any of them; of none, no word at all.
    record Choice(List<Expression> options) implements Expression {}

    /// @param most {@link #UNBOUNDED} for no limit
    record Repetition(Expression part, int least, int most) implements Expression {
        public static final int UNBOUNDED = -1;
    }

    /// The words of an automaton.
    record Words(Automaton automaton) implements Expression {}

    /// The place before the first letter, or after the last.
    record Edge(boolean start) implements Expression {}

    /// Words in this order with commas between those that are there.
    ///
    /// @param more what may follow any number of times; empty for nothing
    record Members(List<Member> members, Expression comma, Optional<Expression> more)
            implements Expression {}

    /// @param required whether it may not be left out
    record Member(Expression word, boolean required) {}

    /// @param text without halves of surrogate pairs, which have no bytes
    static Expression literal(String text) {
        var letters = new ArrayList<Expression>();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            letters.add(new Letters(each & 0xff, each & 0xff));
        }
        return new Sequence(letters);
    }

    static Expression call(int rule) {
        return new Letters(FIRST_CALL + rule, FIRST_CALL + rule);
    }

    static Expression sequence(Expression... parts) {
        return new Sequence(List.of(parts));
    }

    static Expression choice(Expression... options) {
        return new Choice(List.of(options));
    }

    static Expression empty() {
        return new Sequence(List.of());
    }

    static Expression optional(Expression part) {
        return new Repetition(part, 0, 1);
    }

    static Expression any(Expression part) {
        return new Repetition(part, 0, Repetition.UNBOUNDED);
    }
}
