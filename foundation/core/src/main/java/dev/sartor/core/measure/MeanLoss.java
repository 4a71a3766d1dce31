package dev.sartor.core.measure;

import org.apache.commons.statistics.distribution.TDistribution;

/// How much less the same items score than before, on average, with Student's paired 95 % interval.
///
/// @param mean positive where something was lost
public record MeanLoss(double mean, double low, double high) {
    /// @param before of each item
    /// @param now of the same items in the same order
    public static MeanLoss of(double[] before, double[] now) {
        int n = before.length;
        if (n != now.length || n == 0) {
            throw new IllegalArgumentException(
                    "the same items must be compared, got " + n + " and " + now.length);
        }
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (before[i] - now[i]) / n;
        }
        if (n == 1) {
            return new MeanLoss(mean, -1, 1);
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double off = before[i] - now[i] - mean;
            squares += off * off;
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        double reach = error * TDistribution.of(n - 1).inverseCumulativeProbability(0.975);
        return new MeanLoss(mean, mean - reach, mean + reach);
    }
}
