package dev.sartor.constrain;

import org.jspecify.annotations.Nullable;

/// Where the callers of a rule go on when it ends, innermost first. Frames with the same content are one object within a
/// machine.
final class StackFrame {
    private final int target;
    private final @Nullable StackFrame below;
    private final int number;
    private final int depth;
    private final int cost;

    private StackFrame(int target, @Nullable StackFrame below, int number, int depth, int cost) {
        this.target = target;
        this.below = below;
        this.number = number;
        this.depth = depth;
        this.cost = cost;
    }

    /// No caller.
    static StackFrame bottom() {
        return new StackFrame(-1, null, 0, 0, 0);
    }

    /// @param target the state in which the caller goes on
    /// @param number tells it from a machine's other frames
    /// @param tokens what completes the caller's rule from there
    StackFrame above(int target, int number, int tokens) {
        return new StackFrame(target, this, number, depth + 1, cost + tokens);
    }

    boolean isBottom() {
        return below == null;
    }

    int target() {
        return target;
    }

    /// Not for the bottom.
    StackFrame below() {
        return java.util.Objects.requireNonNull(below);
    }

    int number() {
        return number;
    }

    /// How many callers.
    int depth() {
        return depth;
    }

    /// Tokens that complete all callers.
    int cost() {
        return cost;
    }
}
