package dev.sartor.benchmarks.labels;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How many test rows a logistic regression answers rightly.
///
/// @param asLinear whether the strength is chosen as the candidate `linear` chooses it
/// @param strength else the inverse C of its penalty; 0 where it is chosen on the rows that it is learned from
/// @param seed of the choice
record TestAccuracy(LabelledVectors test, boolean asLinear, double strength, long seed) {
    /// As the candidate has it, scikit-learn's.
    private static final double TOLERANCE = 1e-4;

    double learnedFrom(LabelledVectors rows) {
        return learnedFrom(rows, _ -> true);
    }

    double learnedFrom(LabelledVectors rows, IntPredicate kept) {
        var known = rows.only(IntStream.range(0, rows.count()).filter(kept).toArray());
        if (asLinear) {
            return accuracy(
                    LogisticRegression.crossValidated(
                            known.vectors(), known.labels(), known.classes(), seed, TOLERANCE));
        }
        var score =
                strength > 0
                        ? new LinearScore(known, test, strength)
                        : LinearScore.of(known, test, seed);
        return score.applyAsDouble(IntStream.range(0, known.count()).toArray());
    }

    /// The strength that the candidate `linear` would choose on these rows.
    double strengthOfLinear(LabelledVectors rows) {
        return LogisticRegression.chosenStrength(
                rows.vectors(), rows.labels(), rows.classes(), seed);
    }

    private double accuracy(LogisticRegression model) {
        return IntStream.range(0, test.count())
                        .filter(i -> model.likeliest(test.vectors().get(i)) == test.labels()[i])
                        .count()
                / (double) test.count();
    }
}
