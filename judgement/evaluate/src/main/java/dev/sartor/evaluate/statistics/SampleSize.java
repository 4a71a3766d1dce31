package dev.sartor.evaluate.statistics;

import dev.sartor.core.Problems;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How many test examples can show that one candidate is at most a margin worse than another, where in truth they are
/// equally good. Normal approximation: the difference of two shares that disagree on a share d of n examples has the
/// variance d / n.
public final class SampleSize {
    private static final double DISCORDANT = 0.2;
    private static final double POWER = 0.8;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private SampleSize() {}

    /// With 20 % discordant pairs and 80 % power: 628 for a margin of 5 points, 246 for 8.
    public static int needed(double margin) {
        return needed(margin, DISCORDANT, POWER, Interval.USUAL_ERROR);
    }

    /// d · ((z(1 − error ÷ 2) + z(power)) / margin)², rounded up: the size at which the lower end of the two-sided interval, as
    /// {@link PairedComparison} gives it, lies above -margin with that power.
    ///
    /// @param discordant the share of examples that exactly one of the two gets right, 0 (exclusive) to 1
    /// @param error two-sided: 0.05 for the 95 % interval
    public static int needed(double margin, double discordant, double power, double error) {
        Problems.refuseUnless(
                margin > 0 && margin <= 1,
                "margin",
                "more than 0, at most 1",
                margin,
                "0.05 is 5 points");
        Problems.refuseUnless(
                discordant > 0 && discordant <= 1,
                "discordant",
                "more than 0, at most 1",
                discordant,
                "0.2 suits two fair candidates");
        Problems.refuseUnless(
                power > 0 && power < 1, "power", "between 0 and 1", power, "0.8 is usual");
        double z = quantile(1 - error / 2) + quantile(power);
        return (int) Math.max(1, Math.ceil(discordant * z * z / (margin * margin)));
    }

    /// The chance that the lower end of the two-sided 95 % interval, as {@link PairedComparison} gives it, lies above
    /// -margin.
    public static double powerOfInterval(int examples, double margin, double discordant) {
        return powerOfInterval(examples, margin, discordant, Interval.USUAL_ERROR);
    }

    /// The same for an interval at another error.
    ///
    /// @param error two-sided: 0.05 for the 95 % interval
    public static double powerOfInterval(
            int examples, double margin, double discordant, double error) {
        double deviation = Math.sqrt(discordant / examples);
        return NORMAL.cumulativeProbability(margin / deviation - quantile(1 - error / 2));
    }

    private static double quantile(double share) {
        return NORMAL.inverseCumulativeProbability(share);
    }
}
