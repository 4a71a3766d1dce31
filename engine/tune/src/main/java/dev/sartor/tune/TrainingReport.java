package dev.sartor.tune;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sartor.core.Score;
import dev.sartor.core.measure.MeanLoss;
import java.util.List;
import java.util.Optional;

/// How a training went.
///
/// @param steps loss, rate and gradient norm of each step
/// @param checks the measurements, one at least at each epoch's end
/// @param before what the model could do beside the task before the first step; empty where it was not measured
/// @param bestStep the step after which the parameters were kept: the best on validation, or the last where nothing was
///     validated
/// @param ended why it ended before its last step; empty when it did not
/// @param tokens of all rows of all epochs, prefixes counted in each row
/// @param tokensPerSecond over the steps alone, without the first, which compiles kernels; 0 when there was only one
/// @param seconds steps, validation and checkpoints, over all starts of a resumed training
/// @param parameters that were trained
/// @param dropped training rows that were longer than allowed
/// @param privacy what was promised of the rows; empty for nothing
public record TrainingReport(
        List<StepReport> steps,
        List<CheckReport> checks,
        Optional<Ability> before,
        int bestStep,
        Optional<String> ended,
        long tokens,
        double tokensPerSecond,
        double seconds,
        long parameters,
        int dropped,
        Optional<PrivacyLedger> privacy) {
    public TrainingReport {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
    }

    /// What a measured state had lost of the general ability; empty where that was not measured.
    public Optional<MeanLoss> lost(CheckReport check) {
        return before.flatMap(was -> check.ability().map(now -> now.lostSince(was)));
    }

    /// The rows that private steps took; empty where steps were none.
    public Optional<ClippedRows> clipped() {
        return steps.stream().flatMap(each -> each.clipped().stream()).reduce(ClippedRows::plus);
    }

    /// @param step from 1
    /// @param loss mean over the step's targets in nats; not a number where the batch was skipped, or a private step took no row
    /// @param gradientNorm before it was clipped; of a private step, with its noise
    /// @param clipped of a private step alone
    public record StepReport(
            int step,
            double loss,
            double rate,
            double gradientNorm,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ClippedRows> clipped) {
        public StepReport(int step, double loss, double rate, double gradientNorm) {
            this(step, loss, rate, gradientNorm, Optional.empty());
        }
    }

    /// @param step how many were taken
    /// @param epoch how many epochs they are
    /// @param loss mean over the steps since the measurement before
    /// @param validation empty where nothing was validated
    /// @param ability empty where it was not measured
    public record CheckReport(
            int step,
            double epoch,
            double loss,
            Optional<Score> validation,
            Optional<Ability> ability) {}
}
