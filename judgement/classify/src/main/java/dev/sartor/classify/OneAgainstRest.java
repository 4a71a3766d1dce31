package dev.sartor.classify;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Logistic regression of each class against all others by dual coordinate descent (liblinear's solver 7; Yu, Huang and Lin 2011),
/// with an L2 penalty on weights and intercept. Probabilities are those of each class, scaled to a sum of 1.
///
/// Safe for concurrent callers.
final class OneAgainstRest {
    /// Where the descent stops, as liblinear measures it.
    private static final double TOLERANCE = 0.1;

    static {
        Linear.disableDebugOutput();
    }

    private final int terms;
    private final int classes;

    /// Of each term, then of the intercept, the weight of each class.
    private final float[] weights;

    private OneAgainstRest(int terms, int classes) {
        this.terms = terms;
        this.classes = classes;
        this.weights = new float[Math.multiplyExact(terms + 1, classes)];
    }

    /// Rows as liblinear has them, with a 1 for the intercept: made once, for as many fits as are wanted.
    record Rows(int terms, Feature[][] features) {
        static Rows of(List<SparseRow> rows, int terms) {
            return new Rows(
                    terms,
                    rows.stream().map(row -> features(row, terms)).toArray(Feature[][]::new));
        }

        Rows only(int[] some) {
            return new Rows(
                    terms,
                    Arrays.stream(some).mapToObj(row -> features[row]).toArray(Feature[][]::new));
        }

        private static Feature[] features(SparseRow row, int terms) {
            var features = new Feature[row.count() + 1];
            for (int i = 0; i < row.count(); i++) {
                features[i] = new FeatureNode(row.at()[i] + 1, row.values()[i]);
            }
            features[row.count()] = new FeatureNode(terms + 1, 1);
            return features;
        }
    }

    /// @param labels of each row, from 0
    /// @param classes how many labels there are; one that no row has is less likely than any other
    /// @param strength the inverse C of the penalty's strength
    static OneAgainstRest fit(Rows rows, int[] labels, int classes, double strength, long seed) {
        var made = new OneAgainstRest(rows.terms(), classes);
        IntStream.range(0, classes)
                .parallel()
                .forEach(one -> made.put(one, against(one, rows, labels, strength, seed)));
        return made;
    }

    private static double[] against(int one, Rows rows, int[] labels, double strength, long seed) {
        var problem = new Problem();
        problem.l = labels.length;
        problem.n = rows.terms() + 1;
        problem.bias = 1;
        problem.x = rows.features();
        problem.y = Arrays.stream(labels).mapToDouble(label -> label == one ? 1 : 0).toArray();
        var parameter = new Parameter(SolverType.L2R_LR_DUAL, strength, TOLERANCE);
        parameter.setRandom(new Random(seed));
        var model = Linear.train(problem, parameter);
        var weights = model.getFeatureWeights();
        // liblinear's weights speak for the label that it met first.
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        return Arrays.stream(weights).map(weight -> sign * weight).toArray();
    }

    private void put(int one, double[] of) {
        for (int term = 0; term <= terms; term++) {
            weights[term * classes + one] = (float) of[term];
        }
    }

    /// The logarithm of each class's probability.
    double[] logProbabilities(SparseRow row) {
        var scores = new double[classes];
        add(scores, terms, 1);
        for (int i = 0; i < row.count(); i++) {
            add(scores, row.at()[i], row.values()[i]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = -softplus(-scores[c]);
            sum += Math.exp(scores[c]);
        }
        double all = Math.log(sum);
        for (int c = 0; c < classes; c++) {
            scores[c] -= all;
        }
        return scores;
    }

    private void add(double[] scores, int term, float value) {
        int at = term * classes;
        for (int c = 0; c < classes; c++) {
            scores[c] += value * weights[at + c];
        }
    }

    /// ln(1 + eˣ)
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
