package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Logistic regression over sparse rows, its strength chosen by cross-validation.
final class ChosenFit {
    /// Rows have unit length in either half; beyond 10 nothing is gained and a fit takes twice the time.
    private static final List<Double> STRENGTHS = List.of(0.1, 1.0, 10.0);

    /// So many rows choose the strength at most.
    private static final int MOST_CHOOSING = 10_000;

    /// Components that are not 0 of all rows together, each of some 32 bytes while it is learned from.
    private static final long MOST_VALUES = 20_000_000;

    private final List<SparseRow> rows;
    private final int[] labels;
    private final int classes;
    private final long seed;
    private final OneAgainstRest.Rows features;
    private final double strength;
    private final OneAgainstRest classifier;

    /// @param rows all that there are; learned from are as many, drawn by the seed, as fit the memory that is set apart for them
    /// @param labels of each row
    /// @param seed also of the folds and of the descent
    ChosenFit(List<SparseRow> rows, int terms, int[] labels, int classes, long seed) {
        var taken = taken(rows, seed);
        this.rows = Arrays.stream(taken).mapToObj(rows::get).toList();
        this.labels = Arrays.stream(taken).map(row -> labels[row]).toArray();
        this.classes = classes;
        this.seed = seed;
        this.features = OneAgainstRest.Rows.of(this.rows, terms);
        this.strength = chosen();
        this.classifier = OneAgainstRest.fit(features, this.labels, classes, strength, seed);
    }

    OneAgainstRest classifier() {
        return classifier;
    }

    double strength() {
        return strength;
    }

    /// How many rows it learned from.
    int learned() {
        return labels.length;
    }

    private static int[] taken(List<SparseRow> rows, long seed) {
        var order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        long values = 0;
        int count = 0;
        while (count < order.size() && values <= MOST_VALUES) {
            values += rows.get(order.get(count)).count();
            count++;
        }
        return order.subList(0, count).stream().mapToInt(Integer::intValue).toArray();
    }

    /// Of equally many right answers the one that gives right labels more probability.
    private double chosen() {
        var some = Arrays.copyOf(labels, Math.min(MOST_CHOOSING, labels.length));
        var folds = StrengthSearch.folds(some, seed);
        double best = STRENGTHS.getFirst();
        var most = new Right(-1, 0);
        for (double tried : STRENGTHS) {
            var right = new Right(0, 0);
            for (int fold = 0; fold < StrengthSearch.FOLDS; fold++) {
                right = right.and(heldOut(folds, fold, tried));
            }
            if (right.isMoreThan(most)) {
                best = tried;
                most = right;
            }
        }
        return best;
    }

    private Right heldOut(int[] folds, int fold, double tried) {
        var known = rows(folds, of -> of != fold);
        var asked = rows(folds, of -> of == fold);
        if (known.length == 0) {
            return new Right(0, 0);
        }
        var answers = Arrays.stream(known).map(row -> labels[row]).toArray();
        var model = OneAgainstRest.fit(features.only(known), answers, classes, tried, seed);
        int count = 0;
        double likelihood = 0;
        for (int row : asked) {
            var scores = model.logProbabilities(rows.get(row));
            count += LogisticRegression.likeliest(scores) == labels[row] ? 1 : 0;
            likelihood += scores[labels[row]];
        }
        return new Right(count, likelihood);
    }

    private static int[] rows(int[] folds, IntPredicate isWanted) {
        return IntStream.range(0, folds.length).filter(row -> isWanted.test(folds[row])).toArray();
    }

    /// @param count of held-out rows that are answered rightly
    /// @param likelihood the sum of their right labels' log-probabilities
    private record Right(int count, double likelihood) {
        Right and(Right other) {
            return new Right(count + other.count, likelihood + other.likelihood);
        }

        boolean isMoreThan(Right other) {
            return count > other.count || (count == other.count && likelihood > other.likelihood);
        }
    }
}
