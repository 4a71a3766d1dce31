package dev.sartor.evaluate.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// A bootstrap's interval, corrected for bias and acceleration (Efron 1987).
final class Bca {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double[] drawn;
    private final double below;
    private final double acceleration;

    /// @param drawn the figure over samples with replacement, in ascending order
    /// @param below the share of them that lie below what was observed, those that are equal to it counting half
    /// @param acceleration how fast the figure's standard error changes with it
    Bca(double[] drawn, double below, double acceleration) {
        this.drawn = drawn;
        this.below = below;
        this.acceleration = acceleration;
    }

    /// @param error two-sided: 0.05 gives the 95 % interval
    Interval interval(double error) {
        return new Interval(at(error / 2), at(1 - error / 2));
    }

    private double at(double share) {
        double least = 1.0 / drawn.length;
        double bias = NORMAL.inverseCumulativeProbability(Math.clamp(below, least, 1 - least));
        double z = bias + NORMAL.inverseCumulativeProbability(share);
        double moved = NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
        return Resampling.percentile(drawn, moved);
    }
}
