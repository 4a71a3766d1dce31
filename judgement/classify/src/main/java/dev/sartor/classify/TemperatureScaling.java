package dev.sartor.classify;

import java.util.Arrays;
import java.util.List;

/// Makes probabilities of scores that are as high as the answers are right (Guo et al. 2017, "On Calibration of Modern Neural
/// Networks"): the softmax of score ÷ temperature. Which label is the likeliest does not change.
///
/// @param temperature over 0; above 1 where the scores are too sure of themselves
public record TemperatureScaling(double temperature) {
    private static final double MOST = Math.log(1000);
    private static final double EXACT = 1e-6;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    public TemperatureScaling {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("needs a temperature over 0, got " + temperature);
        }
    }

    /// As the scores are.
    public static TemperatureScaling none() {
        return new TemperatureScaling(1);
    }

    /// The temperature between 1/1000 and 1000 that makes the right labels the most probable, by golden-section search: the mean
    /// logarithm of their probability has one maximum in 1 ÷ temperature.
    ///
    /// @param scores of each row's labels, up to a constant of the row: logits or log-likelihoods; at least one row
    /// @param right the right label of each row, from 0
    public static TemperatureScaling fit(List<double[]> scores, int[] right) {
        if (scores.isEmpty() || scores.size() != right.length) {
            throw new IllegalArgumentException(
                    "needs as many right labels as rows, got "
                            + right.length
                            + " and "
                            + scores.size());
        }
        double low = -MOST;
        double high = MOST;
        while (high - low > EXACT) {
            double left = high - GOLDEN * (high - low);
            double rightward = low + GOLDEN * (high - low);
            if (likelihood(scores, right, left) >= likelihood(scores, right, rightward)) {
                high = rightward;
            } else {
                low = left;
            }
        }
        return new TemperatureScaling(Math.exp((low + high) / 2));
    }

    private static double likelihood(List<double[]> scores, int[] right, double logTemperature) {
        var scaling = new TemperatureScaling(Math.exp(logTemperature));
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += Math.log(Math.max(scaling.probabilities(scores.get(i))[right[i]], 1e-300));
        }
        return sum;
    }

    /// One for each score; together 1. A score of −∞ has none.
    public double[] probabilities(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow();
        var probabilities = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = Math.exp((scores[i] - largest) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
