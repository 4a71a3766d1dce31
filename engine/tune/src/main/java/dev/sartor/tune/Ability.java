package dev.sartor.tune;

import dev.sartor.core.measure.MeanLoss;
import java.util.List;

/// What a model can do beside the task that it is tuned for.
///
/// @param accuracy of general multiple-choice questions, 0 to 1
/// @param perplexity of general text; 0 where it is not measured
/// @param right how likely the model finds each question's right choice among its choices, 0 to 1
public record Ability(double accuracy, double perplexity, List<Double> right) {
    public Ability {
        right = List.copyOf(right);
    }

    /// The mean of the right choices' probabilities.
    public double rightChoice() {
        return right.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// What was lost since, question by question: the mean fall of the right choice's probability. Questions that flip from
    /// barely right to barely wrong hardly count, so that a hundred questions show a loss of a few points.
    public MeanLoss lostSince(Ability before) {
        return MeanLoss.of(array(before.right()), array(right));
    }

    public static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
