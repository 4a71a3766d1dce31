package dev.sartor.evaluate.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/// A mean with its standard error.
///
/// @param value the mean
/// @param variance of the mean: the values' own, divided by how many there are; 0 of a single value
/// @param count how many values there are, at least 1
record Means(double value, double variance, int count) {
    static Means of(double[] values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("no mean of no values");
        }
        double sum = 0;
        for (double each : values) {
            sum += each;
        }
        double mean = sum / n;
        double squares = 0;
        for (double each : values) {
            squares += (each - mean) * (each - mean);
        }
        return new Means(mean, n == 1 ? 0 : squares / (n - 1) / n, n);
    }

    /// Of Student's distribution with one degree of freedom less than there are values.
    ///
    /// @param count at least 2
    static double quantile(int count, double error) {
        return TDistribution.of(count - 1.0).inverseSurvivalProbability(error / 2);
    }
}
