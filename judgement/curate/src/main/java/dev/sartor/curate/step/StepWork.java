package dev.sartor.curate.step;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.util.concurrent.CancellationException;

/// What a step works with.
///
/// @param vectors of rows' texts
/// @param seed where chance starts
public record StepWork(
        RowVectors vectors, long seed, Progress progress, Cancellation cancellation) {
    /// @throws CancellationException where the user asked to stop
    public void checkpoint() {
        if (cancellation.isAsked()) {
            throw new CancellationException();
        }
    }
}
