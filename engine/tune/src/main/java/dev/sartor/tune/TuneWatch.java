package dev.sartor.tune;

import dev.sartor.core.Problems;

/// When a training is measured, saved and ended early.
///
/// @param checkEvery steps between measurements, besides the one at each epoch's end; 0 for that one alone
/// @param patience ends the training after so many measurements without a better score; 0 for never
/// @param saveEvery steps between checkpoints, besides the one at each epoch's end
/// @param mostForgotten how much of the general ability may be lost, 0 to 1, see {@link Ability#lostSince}: a state that
///     lost more is never kept, and two of them in a row end the training
public record TuneWatch(int checkEvery, int patience, int saveEvery, double mostForgotten) {
    public TuneWatch {
        Problems.refuseUnless(
                checkEvery >= 0, "tune.check_every", "at least 0", checkEvery, "0 is usual");
        Problems.refuseUnless(patience >= 0, "tune.patience", "at least 0", patience, "3 is usual");
        Problems.refuseUnless(
                saveEvery >= 1, "tune.save_every", "at least 1", saveEvery, "100 is usual");
        Problems.refuseUnless(
                mostForgotten >= 0 && mostForgotten <= 1,
                "tune.most_forgotten",
                "0 to 1",
                mostForgotten,
                "0.05 is usual");
    }

    public static TuneWatch usual() {
        return new TuneWatch(0, 0, 100, 0.05);
    }
}
