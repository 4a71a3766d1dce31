package dev.sartor.curate.step;

import dev.sartor.core.EntityRecogniser;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelTuner;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// What a step works with.
///
/// @param vectors of rows' texts
/// @param recogniser of names, where the settings name a model for them; opened when it is first asked for
/// @param tuner of the model that the settings name to judge labels; likewise
/// @param seed where chance starts
public record StepWork(
        RowVectors vectors,
        Supplier<EntityRecogniser> recogniser,
        Supplier<LabelTuner> tuner,
        long seed,
        Progress progress,
        Cancellation cancellation) {
    /// @throws CancellationException where the user asked to stop
    public void checkpoint() {
        if (cancellation.isAsked()) {
            throw new CancellationException();
        }
    }
}
