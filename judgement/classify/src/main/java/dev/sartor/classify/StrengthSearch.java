package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Chooses how strongly a logistic regression is held back, by cross-validation over its training rows.
final class StrengthSearch {
    /// Vectors of unit length need weak penalties where labels are many.
    static final List<Double> STRENGTHS = List.of(0.1, 1.0, 10.0, 100.0, 1000.0);

    static final int FOLDS = 5;
    private static final double TOLERANCE = 1e-4;

    private final List<float[]> vectors;
    private final int[] labels;
    private final int classes;
    private final int[] folds;

    /// Of each strength, over all folds: how many held-out rows are answered rightly, and the sum of their right labels'
    /// log-probabilities.
    private final int[] right = new int[STRENGTHS.size()];

    private final double[] likelihood = new double[STRENGTHS.size()];

    private StrengthSearch(List<float[]> vectors, int[] labels, int classes, long seed) {
        this.vectors = vectors;
        this.labels = labels;
        this.classes = classes;
        this.folds = folds(labels, seed);
    }

    /// @param strength the inverse C of the penalty's strength: of equally many right answers the one that gives right labels
    ///     more probability
    /// @param accuracy of the held-out rows
    record Chosen(double strength, double accuracy) {}

    /// @param labels of each vector, from 0
    /// @param seed of the shuffle that deals rows of each label to the folds
    static Chosen choose(List<float[]> vectors, int[] labels, int classes, long seed) {
        return new StrengthSearch(vectors, labels, classes, seed).chosen();
    }

    private Chosen chosen() {
        for (int fold = 0; fold < FOLDS; fold++) {
            measure(fold);
        }
        int best = 0;
        for (int i = 1; i < right.length; i++) {
            if (right[i] > right[best]
                    || (right[i] == right[best] && likelihood[i] > likelihood[best])) {
                best = i;
            }
        }
        return new Chosen(STRENGTHS.get(best), (double) right[best] / labels.length);
    }

    private void measure(int fold) {
        var learned = new ArrayList<float[]>();
        var answers = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] != fold) {
                answers[learned.size()] = labels[i];
                learned.add(vectors.get(i));
            }
        }
        if (learned.isEmpty() || learned.size() == labels.length) {
            return;
        }
        var of = Arrays.copyOf(answers, learned.size());
        var model = LogisticRegression.fit(learned, of, classes, STRENGTHS.getFirst(), TOLERANCE);
        for (int strength = 0; strength < STRENGTHS.size(); strength++) {
            model = model.refit(learned, of, STRENGTHS.get(strength), TOLERANCE);
            count(model, fold, strength);
        }
    }

    private void count(LogisticRegression model, int fold, int strength) {
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] == fold) {
                var scores = model.logProbabilities(vectors.get(i));
                likelihood[strength] += scores[labels[i]];
                right[strength] += LogisticRegression.likeliest(scores) == labels[i] ? 1 : 0;
            }
        }
    }

    /// Rows of each label are dealt out in turn, so that each fold has its share of each.
    static int[] folds(int[] labels, long seed) {
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
