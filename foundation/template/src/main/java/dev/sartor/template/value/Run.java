package dev.sartor.template.value;

import java.time.Clock;

/// One rendering: what it has used of its limits, and where it is. Not thread-safe.
public final class Run {
    private static final int CHARACTERS_PER_STEP = 16;

    private final TemplateLimits limits;
    private final Clock clock;
    private long steps;
    private int depth;
    private int line = 1;

    public Run(TemplateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    public TemplateLimits limits() {
        return limits;
    }

    public Clock clock() {
        return clock;
    }

    /// The line at hand, from 1.
    public int line() {
        return line;
    }

    /// Begins an expression or statement.
    ///
    /// @return the line before, for {@link #leave}
    public int enter(int nextLine) {
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

    public void leave(int lineBefore) {
        depth--;
        line = lineBefore;
    }

    public void charge(long more) {
        steps += more;
        if (steps > limits.steps()) {
            throw new Fault(
                    "it takes more than " + limits.steps() + " steps (template limit 'steps')");
        }
    }

    public void chargeText(long characters) {
        charge(characters / CHARACTERS_PER_STEP);
    }

    /// Charges a search of one text in another, as if it always took its worst time.
    public void chargeSearch(Text where, Text what) {
        charge((where.length() / CHARACTERS_PER_STEP + 1L) * (what.length() / 16 + 1L));
    }

    public void chargeWalk(Value value) {
        charge(value.nesting().nodes());
    }

    public TextBuilder builder() {
        return new TextBuilder(limits.characters());
    }

    /// A text within the limit, charged for.
    public Text finished(TextBuilder builder) {
        chargeText(builder.length());
        return builder.text();
    }

    public Text joined(Text left, Text right) {
        if (left.length() == 0) {
            return right;
        }
        return right.length() == 0 ? left : finished(builder().append(left).append(right));
    }

    /// What printing the value shows: Python's `str`.
    public Text text(Value value) {
        return value instanceof Text text ? text : finished(new Repr(this).append(value));
    }

    public Value call(Value callee, Arguments arguments) {
        return switch (callee) {
            case Function function -> function.body().call(this, arguments);
            case Loop loop -> loop.recursion().body().call(this, arguments);
            case Value.Undefined undefined -> throw new Fault(undefined.message());
            default -> throw new Fault("'" + callee.typeName() + "' cannot be called");
        };
    }
}
