package dev.sartor.benchmarks.labels;

import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How many test rows a logistic regression answers rightly.
///
/// @param strength the inverse C of its penalty; 0 where it is chosen on the rows that it is learned from
/// @param seed of the choice
record TestAccuracy(LabelledVectors test, double strength, long seed) {
    double learnedFrom(LabelledVectors rows) {
        return learnedFrom(rows, _ -> true);
    }

    double learnedFrom(LabelledVectors rows, IntPredicate kept) {
        var known = rows.only(IntStream.range(0, rows.count()).filter(kept).toArray());
        var score =
                strength > 0
                        ? new LinearScore(known, test, strength)
                        : LinearScore.of(known, test, seed);
        return score.applyAsDouble(IntStream.range(0, known.count()).toArray());
    }
}
