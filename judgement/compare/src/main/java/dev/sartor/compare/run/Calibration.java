package dev.sartor.compare.run;

import java.util.List;
import java.util.Optional;

/// What makes probabilities of a candidate's label scores, by its answers to the validation examples.
///
/// @param temperature the scores are divided by it before the softmax
/// @param rows how many answers it was found by
/// @param inScope the weights of a logistic regression of whether any label fits: of the intercept, of the log odds of the likeliest
///     label, of the entropy of all labels' probabilities in nats, both uncalibrated, and, where answers tell it, of the nearness to
///     the nearest training example; empty where nothing was learned of that
public record Calibration(double temperature, int rows, Optional<List<Double>> inScope) {
    public Calibration(double temperature, int rows) {
        this(temperature, rows, Optional.empty());
    }
}
