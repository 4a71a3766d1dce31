package dev.sartor.template.value;

import java.util.Collection;

/// How deep and how large a value is, so that a walk through it is known to end: a list that contains the same list twice,
/// that again twice, and so on, would take longer than the universe has.
///
/// @param depth containers in each other
/// @param nodes values in it, counted as often as a walk meets them
record Nesting(int depth, long nodes) {
    private static final int DEEPEST = 200;
    private static final long MOST_NODES = 1_000_000;

    static final Nesting LEAF = new Nesting(0, 1);

    static Nesting around(Collection<? extends Value> values) {
        int depth = 0;
        long nodes = 1;
        for (var value : values) {
            var inner = value.nesting();
            depth = Math.max(depth, inner.depth);
            nodes += inner.nodes;
        }
        return checked(depth + 1, nodes);
    }

    Nesting and(Nesting other) {
        return checked(Math.max(depth, other.depth), nodes + other.nodes);
    }

    private static Nesting checked(int depth, long nodes) {
        if (depth > DEEPEST) {
            throw new Fault(
                    "a value has more than " + DEEPEST + " lists or mappings in each other");
        }
        if (nodes > MOST_NODES) {
            throw new Fault("a value contains more than " + MOST_NODES + " values");
        }
        return new Nesting(depth, nodes);
    }
}
