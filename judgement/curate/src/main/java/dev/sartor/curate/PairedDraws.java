package dev.sartor.curate;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What one way of choosing rows to learn from brings over another: both are learned from in several draws, and score the same test rows.
///
/// @param tests how many rows both score
/// @param first the mean score of the first way
/// @param other of the other
/// @param low of the difference's 95 % interval
record PairedDraws(int tests, double first, double other, double low, double high) {
    private static final double NORMAL_95 = 1.959964;

    /// The variance of the mean difference is that of the examples' mean differences and that of the draws' together.
    ///
    /// @param first of each draw, whether each test row is answered rightly
    /// @param other likewise, of as many draws and the same rows
    static PairedDraws of(boolean[][] first, boolean[][] other) {
        return of(scores(first), scores(other));
    }

    private static double[][] scores(boolean[][] right) {
        return Arrays.stream(right)
                .map(draw ->
                        IntStream.range(0, draw.length).mapToDouble(t -> draw[t] ? 1 : 0).toArray())
                .toArray(double[][]::new);
    }

    /// @param first of each draw what each test row scores
    /// @param other likewise, of as many draws and the same rows
    static PairedDraws of(double[][] first, double[][] other) {
        int draws = first.length;
        int tests = first[0].length;
        var ofTests = new double[tests];
        var ofDraws = new double[draws];
        for (int d = 0; d < draws; d++) {
            for (int t = 0; t < tests; t++) {
                double difference = first[d][t] - other[d][t];
                ofTests[t] += difference / draws;
                ofDraws[d] += difference / tests;
            }
        }
        double mean = mean(first) - mean(other);
        double error = Math.sqrt(variance(ofTests, mean) / tests + variance(ofDraws, mean) / draws);
        return new PairedDraws(
                tests,
                mean(first),
                mean(other),
                mean - NORMAL_95 * error,
                mean + NORMAL_95 * error);
    }

    /// The first less the other.
    double difference() {
        return first - other;
    }

    static double mean(boolean[][] right) {
        return mean(scores(right));
    }

    private static double mean(double[][] scores) {
        return Arrays.stream(scores).flatMapToDouble(Arrays::stream).average().orElse(0);
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double each : values) {
            sum += (each - mean) * (each - mean);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1);
    }
}
