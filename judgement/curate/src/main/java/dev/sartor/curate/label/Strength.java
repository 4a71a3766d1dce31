package dev.sartor.curate.label;

import dev.sartor.classify.LogisticRegression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Chooses how strongly a logistic regression is held back, by the likelihood of held-out rows: unlike the number of right
/// answers it stays smooth where many labels are wrong.
public final class Strength {
    /// The strengths that are tried, in turn, until held-out rows become less likely: their likelihood has one maximum in all
    /// sets that were looked at. A factor of √10 apart.
    private static final double[] STRENGTHS = {0.1, 0.316, 1, 3.16, 10, 31.6, 100, 316, 1000};

    /// scikit-learn's.
    private static final double TOLERANCE = 1e-4;

    /// Of more rows one fold alone says which strength is best.
    private static final int FEW_ROWS = 2000;

    private Strength() {}

    /// @param strength the inverse C of the penalty's strength
    public static LogisticRegression fit(LabelledVectors rows, double strength) {
        return LogisticRegression.fit(
                rows.vectors(), rows.labels(), rows.classes(), strength, TOLERANCE);
    }

    /// The strength that makes the given labels of held-out rows the most likely.
    ///
    /// @param folds at least 2, at most as many as there are rows
    /// @param seed of the shuffle that deals rows of each label to the folds
    public static double chosen(LabelledVectors rows, int folds, long seed) {
        var folded = Folds.stratified(rows.labels(), folds, seed);
        int asked = rows.count() <= FEW_ROWS ? folds : 1;
        var models = new LogisticRegression[asked];
        double best = Double.NEGATIVE_INFINITY;
        double chosen = STRENGTHS[0];
        for (double strength : STRENGTHS) {
            double likelihood = 0;
            for (int fold = 0; fold < asked; fold++) {
                int held = fold;
                var known = rows.only(rows.rows(i -> folded[i] != held));
                models[fold] = next(models[fold], known, strength);
                likelihood += likelihood(models[fold], rows, rows.rows(i -> folded[i] == held));
            }
            if (likelihood <= best) {
                break;
            }
            best = likelihood;
            chosen = strength;
        }
        return chosen;
    }

    private static LogisticRegression next(
            @Nullable LogisticRegression before, LabelledVectors known, double strength) {
        return before == null
                ? fit(known, strength)
                : before.refit(known.vectors(), known.labels(), strength, TOLERANCE);
    }

    private static double likelihood(
            LogisticRegression model, LabelledVectors rows, int[] heldOut) {
        var each =
                Arrays.stream(heldOut)
                        .parallel()
                        .mapToDouble(i ->
                                model.logProbabilities(rows.vectors().get(i))[rows.labels()[i]])
                        .toArray();
        return Arrays.stream(each).sum();
    }
}
