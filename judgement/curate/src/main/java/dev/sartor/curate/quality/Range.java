package dev.sartor.curate.quality;

import dev.sartor.core.Problems;

/// From the least to the most, both included.
public record Range(double least, double most) {
    public Range {
        Problems.refuseUnless(
                least <= most,
                "a limit",
                "a range from its least to its most",
                least + " to " + most,
                "swap the two");
    }

    public static Range atLeast(double least) {
        return new Range(least, Double.POSITIVE_INFINITY);
    }

    public static Range atMost(double most) {
        return new Range(Double.NEGATIVE_INFINITY, most);
    }

    boolean holds(double value) {
        return value >= least && value <= most;
    }
}
