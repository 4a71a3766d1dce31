package dev.sartor.evaluate.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// How uncertain an estimate is.
///
/// @param variance of the estimate, at least 0; infinite where nothing is known of it
/// @param degrees of freedom to which the variance is known; infinite where it is not estimated
public record Spread(double variance, double degrees) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /// From here on Student's t is the normal distribution.
    private static final double MANY = 1e6;

    /// Of an estimate that is certain.
    static Spread none() {
        return new Spread(0, Double.POSITIVE_INFINITY);
    }

    /// Of an estimate from a single value, or a single group of them: it says nothing about others.
    static Spread unknown() {
        return new Spread(Double.POSITIVE_INFINITY, 1);
    }

    /// Of the mean of independent values.
    public static Spread ofMean(double[] values) {
        int n = values.length;
        if (n < 2) {
            return unknown();
        }
        return new Spread(Means.of(values).variance(), n - 1);
    }

    /// Of the sum of two independent estimates: variances add up, and the degrees of freedom follow Satterthwaite (Biometrics
    /// Bulletin 2, 1946, 110).
    public Spread plus(Spread other) {
        double sum = variance + other.variance;
        if (Double.isInfinite(sum)) {
            return unknown();
        }
        if (sum == 0) {
            return new Spread(0, Math.min(degrees, other.degrees));
        }
        double parts =
                variance * variance / degrees + other.variance * other.variance / other.degrees;
        return new Spread(sum, parts == 0 ? Double.POSITIVE_INFINITY : sum * sum / parts);
    }

    public double deviation() {
        return Math.sqrt(variance);
    }

    /// Student's t, which an estimate less the truth stays below in size, in deviations.
    ///
    /// @param error two-sided
    public double quantile(double error) {
        return degrees >= MANY
                ? normal(error)
                : TDistribution.of(degrees).inverseSurvivalProbability(error / 2);
    }

    /// How much wider than by the normal distribution an interval is, as the variance itself is estimated; at least 1.
    public double widening(double error) {
        return quantile(error) / normal(error);
    }

    /// The two-sided p-value of an estimate that would be 0. Where all values are the same and not 0 there is no t: then the share of
    /// the ways to turn the signs of as many values that give so much, 2 ÷ 2ⁿ.
    public double p(double estimate) {
        if (estimate == 0) {
            return 1;
        }
        if (variance == 0) {
            return Math.min(1, Math.pow(2, -degrees));
        }
        double t = Math.abs(estimate) / deviation();
        return degrees >= MANY
                ? 2 * NORMAL.survivalProbability(t)
                : 2 * TDistribution.of(degrees).survivalProbability(t);
    }

    private static double normal(double error) {
        return NORMAL.inverseSurvivalProbability(error / 2);
    }
}
