package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Chooses how strongly a logistic regression is held back, by five-fold cross-validation over its training rows.
final class StrengthSearch {
    private static final int FOLDS = 5;

    private final List<Double> strengths;
    private final int[] labels;
    private final int[] folds;

    /// Of each strength, over all folds: how many held-out rows are answered rightly, and the sum of their right labels'
    /// log-probabilities.
    private final int[] right;

    private final double[] likelihood;

    private StrengthSearch(List<Double> strengths, int[] labels, long seed) {
        this.strengths = strengths;
        this.labels = labels;
        this.folds = folds(labels, seed);
        this.right = new int[strengths.size()];
        this.likelihood = new double[strengths.size()];
    }

    /// What is learned from the rows of a fold.
    interface Fold {
        /// Learns at a strength; asked for in ascending order, so that a fit may go on from the one before.
        ///
        /// @return the log-probabilities of each class, of a row by its number
        IntFunction<double[]> at(double strength);
    }

    /// @param strength the inverse C of the penalty's strength
    /// @param accuracy of the held-out rows
    record Chosen(double strength, double accuracy) {}

    /// The strength that answers the most held-out rows rightly: of equally many right answers the one that
    /// gives right labels more probability.
    ///
    /// @param strengths in ascending order
    /// @param labels of each row, from 0
    /// @param seed of the shuffle that deals rows of each label to the folds
    /// @param learn from the rows of these numbers
    static Chosen choose(
            List<Double> strengths, int[] labels, long seed, Function<int[], Fold> learn) {
        var search = new StrengthSearch(strengths, labels, seed);
        for (int fold = 0; fold < FOLDS; fold++) {
            search.measure(fold, learn);
        }
        return search.best();
    }

    private Chosen best() {
        int best = 0;
        for (int i = 1; i < right.length; i++) {
            if (right[i] > right[best]
                    || (right[i] == right[best] && likelihood[i] > likelihood[best])) {
                best = i;
            }
        }
        return new Chosen(strengths.get(best), (double) right[best] / labels.length);
    }

    private void measure(int fold, Function<int[], Fold> learn) {
        var known = rows(of -> of != fold);
        var asked = rows(of -> of == fold);
        if (known.length == 0 || asked.length == 0) {
            return;
        }
        var learned = learn.apply(known);
        for (int i = 0; i < strengths.size(); i++) {
            var model = learned.at(strengths.get(i));
            for (int row : asked) {
                var scores = model.apply(row);
                likelihood[i] += scores[labels[row]];
                right[i] += LogisticRegression.likeliest(scores) == labels[row] ? 1 : 0;
            }
        }
    }

    private int[] rows(IntPredicate isWanted) {
        return IntStream.range(0, folds.length).filter(row -> isWanted.test(folds[row])).toArray();
    }

    /// The labels of some rows.
    static int[] of(int[] labels, int[] rows) {
        return Arrays.stream(rows).map(row -> labels[row]).toArray();
    }

    /// Rows of each label are dealt out in turn, so that each fold has its share of each.
    private static int[] folds(int[] labels, long seed) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < labels.length; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        order.sort((a, b) -> Integer.compare(labels[a], labels[b]));
        var folds = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            folds[order.get(i)] = i % FOLDS;
        }
        return folds;
    }
}
