package dev.sartor.curate.curve;

import java.util.Arrays;
import java.util.List;

/// The scores of what was learned from draws of one size.
///
/// @param rows how many each draw has
/// @param scores one for each draw, 0 to 1; at least one
public record SizeScores(int rows, List<Double> scores) {
    public SizeScores {
        scores = List.copyOf(scores);
        if (rows < 1 || scores.isEmpty()) {
            throw new IllegalArgumentException(rows + " rows, scores " + scores);
        }
    }

    public double mean() {
        return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /// Of one draw; 0 where there is only one.
    double variance() {
        if (scores.size() == 1) {
            return 0;
        }
        double mean = mean();
        double squares = scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
        return squares / (scores.size() - 1);
    }

    /// The mean of draws with these numbers.
    double mean(int[] drawn) {
        return Arrays.stream(drawn).mapToDouble(scores::get).average().orElseThrow();
    }
}
