package dev.sartor.curate.label;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Of each row the probabilities of all labels by a logistic regression that was learned from the other folds. How strongly it
/// is held back is chosen once, for all folds.
///
/// @param probabilities rows × labels
/// @param strength the inverse C of the penalty's strength
public record OutOfFold(double[][] probabilities, double strength) {
    /// @param folds at least 2, at most as many as there are rows
    /// @param seed of the shuffle that deals rows of each label to the folds
    public static OutOfFold of(LabelledVectors rows, int folds, long seed, Progress progress) {
        double strength = Strength.chosen(rows, folds, seed);
        return of(rows, folds, seed, strength, _ -> true, progress);
    }

    /// @param learned which rows may be learned from; all are asked of
    static OutOfFold of(
            LabelledVectors rows,
            int folds,
            long seed,
            double strength,
            IntPredicate learned,
            Progress progress) {
        var folded = Folds.stratified(rows.labels(), folds, seed);
        var probabilities = new double[rows.count()][];
        try (var step = progress.begin("holding out rows", folds, "folds")) {
            for (int fold = 0; fold < folds; fold++) {
                int held = fold;
                var known = rows.rows(i -> folded[i] != held && learned.test(i));
                var model = Strength.fit(rows.only(known), strength);
                IntStream.range(0, rows.count())
                        .parallel()
                        .filter(i -> folded[i] == held)
                        .forEach(i ->
                                probabilities[i] = probabilities(model, rows.vectors().get(i)));
                step.advance(1);
            }
        }
        return new OutOfFold(probabilities, strength);
    }

    private static double[] probabilities(LogisticRegression model, float[] vector) {
        var all = model.logProbabilities(vector);
        Arrays.setAll(all, c -> Math.exp(all[c]));
        return all;
    }
}
