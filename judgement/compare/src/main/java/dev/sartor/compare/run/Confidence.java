package dev.sartor.compare.run;

import java.util.Optional;

/// How probable a candidate takes its label to be.
///
/// @param calibrated on validation, 0 to 1
/// @param uncalibrated as the label scores say, 0 to 1
/// @param inScope how probable it is that any of the labels fits, 0 to 1; empty where the task has no label for what fits none, or
///     validation has too few of these to learn from
public record Confidence(double calibrated, double uncalibrated, Optional<Double> inScope) {
    public Confidence(double calibrated, double uncalibrated) {
        this(calibrated, uncalibrated, Optional.empty());
    }

    /// By what it is told whether any label fits: where nothing was learned of that, how sure the candidate is of its own.
    public double fits() {
        return inScope.orElse(calibrated);
    }
}
