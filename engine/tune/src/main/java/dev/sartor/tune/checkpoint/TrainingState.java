package dev.sartor.tune.checkpoint;

import dev.sartor.tune.Ability;
import dev.sartor.tune.TrainingReport;
import java.util.List;
import java.util.Optional;

/// What a checkpoint keeps beside its arrays.
///
/// @param recipe a digest of all that the training depends on; a checkpoint of another recipe is not resumed
/// @param machine processor and threads, which decide the last bits of sums
/// @param bestStep after which the best parameters were kept; 0 before any were
/// @param skipped steps whose batches are left out, from 0
public record TrainingState(
        String recipe,
        String machine,
        int step,
        int bestStep,
        double seconds,
        List<Integer> skipped,
        List<TrainingReport.StepReport> steps,
        List<TrainingReport.CheckReport> checks,
        Optional<Ability> before) {
    /// Steps that changed something.
    int taken() {
        return step - (int) skipped.stream().filter(each -> each < step).count();
    }
}
