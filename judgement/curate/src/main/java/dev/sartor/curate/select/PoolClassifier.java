package dev.sartor.curate.select;

import dev.sartor.classify.LogisticRegression;
import java.util.ArrayList;
import java.util.Arrays;

/// A logistic regression that was learned from a pool's labelled rows.
final class PoolClassifier {
    /// Of the penalty, inverse: fits vectors of unit length with few rows of each label.
    private static final double STRENGTH = 31.6;

    private static final double TOLERANCE = 1e-4;

    private final LabelPool pool;

    /// The labels that are known, in order; the regression knows no others.
    private final int[] labels;

    private final LogisticRegression regression;

    /// @param pool with labelled rows of two labels at least
    PoolClassifier(LabelPool pool) {
        this.pool = pool;
        var rows = pool.labelled();
        this.labels =
                Arrays.stream(rows).map(row -> pool.labels()[row]).distinct().sorted().toArray();
        var vectors = new ArrayList<float[]>();
        var answers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            vectors.add(pool.vectors().get(rows[i]));
            answers[i] = Arrays.binarySearch(labels, pool.labels()[rows[i]]);
        }
        this.regression =
                LogisticRegression.fit(vectors, answers, labels.length, STRENGTH, TOLERANCE);
    }

    /// Of each row the probabilities of the known labels.
    double[][] probabilities(int[] rows) {
        return Arrays.stream(rows)
                .parallel()
                .mapToObj(row -> probabilities(pool.vectors().get(row)))
                .toArray(double[][]::new);
    }

    private double[] probabilities(float[] vector) {
        var all = regression.logProbabilities(vector);
        Arrays.setAll(all, c -> Math.exp(all[c]));
        return all;
    }

    /// The likeliest label.
    int label(float[] vector) {
        return labels[regression.likeliest(vector)];
    }
}
