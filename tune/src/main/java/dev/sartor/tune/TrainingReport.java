package dev.sartor.tune;

import dev.sartor.core.Score;
import java.util.List;
import java.util.Optional;

/// How a training went.
///
/// @param steps loss, rate and gradient norm of each step
/// @param bestEpoch the one that was kept, from 1: the best on validation, or the last where nothing was validated
/// @param tokens of all rows of all epochs, prefixes counted in each row
/// @param tokensPerSecond over the steps alone, without the first, which compiles kernels; 0 when there was only one
/// @param seconds steps, validation and checkpoints, over all starts of a resumed training
/// @param parameters that were trained
/// @param dropped training rows that were longer than allowed
public record TrainingReport(
        List<StepReport> steps,
        List<EpochReport> epochs,
        int bestEpoch,
        long tokens,
        double tokensPerSecond,
        double seconds,
        long parameters,
        int dropped) {
    public TrainingReport {
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
    }

    /// @param step from 1
    /// @param loss mean cross-entropy in nats per token of the answers
    /// @param gradientNorm before it was clipped
    public record StepReport(int step, double loss, double rate, double gradientNorm) {}

    /// @param epoch from 1
    /// @param loss mean over its steps
    /// @param validation empty where nothing was validated
    public record EpochReport(int epoch, double loss, Optional<Score> validation) {}
}
