package dev.sartor.tune;

import dev.sartor.core.Problems;

/// When a training is measured, saved and ended early.
///
/// @param evalSteps steps between measurements, besides the one at each epoch's end; 0 for that one alone
/// @param earlyStoppingPatience ends the training after so many measurements without a better score; 0 for never
/// @param saveSteps steps between checkpoints, besides the one at each epoch's end
/// @param maxForgetting how much of the general ability may be lost, 0 to 1, see {@link Ability#lostSince}: a state that
///     lost more is never kept, and two of them in a row end the training
public record TuneWatch(
        int evalSteps, int earlyStoppingPatience, int saveSteps, double maxForgetting) {
    public TuneWatch {
        Problems.refuseUnless(
                evalSteps >= 0, "tune.eval_steps", "at least 0", evalSteps, "0 is usual");
        Problems.refuseUnless(
                earlyStoppingPatience >= 0,
                "tune.early_stopping_patience",
                "at least 0",
                earlyStoppingPatience,
                "3 is usual");
        Problems.refuseUnless(
                saveSteps >= 1, "tune.save_steps", "at least 1", saveSteps, "100 is usual");
        Problems.refuseUnless(
                maxForgetting >= 0 && maxForgetting <= 1,
                "tune.max_forgetting",
                "0 to 1",
                maxForgetting,
                "0.05 is usual");
    }

    public static TuneWatch usual() {
        return new TuneWatch(0, 0, 100, 0.05);
    }
}
