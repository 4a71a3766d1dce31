package dev.sartor.template;

import java.time.Clock;

/// One rendering: what it has used of its limits, and where it is. Not thread-safe.
final class Run {
    private static final int CHARACTERS_PER_STEP = 16;

    private final TemplateLimits limits;
    private final Clock clock;
    private long steps;
    private int depth;
    private int line = 1;

    Run(TemplateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    TemplateLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    /// The line at hand, from 1.
    int line() {
        return line;
    }

    /// Begins an expression or statement.
    ///
    /// @return the line before, for {@link #leave}
    int enter(int nextLine) {
        int before = line;
        line = nextLine;
        charge(1);
        if (++depth > limits.depth()) {
            throw new Fault(
                    "expressions, blocks and macro calls are more than "
                            + limits.depth()
                            + " deep in each other (template limit 'depth')");
        }
        return before;
    }

    void leave(int lineBefore) {
        depth--;
        line = lineBefore;
    }

    void charge(long more) {
        steps += more;
        if (steps > limits.steps()) {
            throw new Fault(
                    "it takes more than " + limits.steps() + " steps (template limit 'steps')");
        }
    }

    void chargeText(long characters) {
        charge(characters / CHARACTERS_PER_STEP);
    }

    /// Charges a search of one text in another, as if it always took its worst time.
    void chargeSearch(Text where, Text what) {
        charge((where.length() / CHARACTERS_PER_STEP + 1L) * (what.length() / 16 + 1L));
    }

    void chargeWalk(Value value) {
        charge(value.nesting().nodes());
    }

    TextBuilder builder() {
        return new TextBuilder(limits.characters());
    }

    /// A text within the limit, charged for.
    Text finished(TextBuilder builder) {
        chargeText(builder.length());
        return builder.text();
    }

    Text joined(Text left, Text right) {
        if (left.length() == 0) {
            return right;
        }
        return right.length() == 0 ? left : finished(builder().append(left).append(right));
    }

    /// What printing the value shows: Python's `str`.
    Text text(Value value) {
        return value instanceof Text text ? text : finished(new Repr(this).append(value));
    }

    Value call(Value callee, Arguments arguments) {
        return switch (callee) {
            case Function function -> function.body().call(this, arguments);
            case Loop loop -> loop.recursion().body().call(this, arguments);
            case Value.Undefined undefined -> throw new Fault(undefined.message());
            default -> throw new Fault("'" + callee.typeName() + "' cannot be called");
        };
    }
}
