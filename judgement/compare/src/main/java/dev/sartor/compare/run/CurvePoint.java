package dev.sartor.compare.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/// A point of a training's curve.
///
/// @param step 0 for the model before the training, with the first batch's loss
/// @param epoch how often the examples have been seen so far, a fraction within an epoch
/// @param loss mean cross-entropy over the answers' tokens, in nats
/// @param validation the task's metric on validation, where it was measured
/// @param ability how likely the model found the right choices of general questions, where it was measured
public record CurvePoint(
        int step,
        double epoch,
        double loss,
        Optional<Double> validation,
        Optional<Double> ability) {
    /// Whether anything was measured beside the loss.
    @JsonIgnore
    public boolean isMeasured() {
        return validation.isPresent() || ability.isPresent();
    }
}
