package dev.sartor.benchmarks.labels;

import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How many test rows a logistic regression answers rightly, its strength chosen on the rows that it is learned from.
///
/// @param seed of the choice
record TestAccuracy(LabelledVectors test, long seed) {
    double learnedFrom(LabelledVectors rows) {
        return learnedFrom(rows, _ -> true);
    }

    double learnedFrom(LabelledVectors rows, IntPredicate kept) {
        var known = rows.only(IntStream.range(0, rows.count()).filter(kept).toArray());
        return LinearScore.of(known, test, seed)
                .applyAsDouble(IntStream.range(0, known.count()).toArray());
    }
}
