package dev.sartor.classify;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Multinomial logistic regression with an L2 penalty on the weights and none on the intercepts: the minimum over `w` and `b`
/// of the mean cross-entropy + |w|² / (2·C·rows), which is scikit-learn's LogisticRegression with its solver lbfgs.
///
/// Safe for concurrent callers.
public final class LogisticRegression {
    /// After so many steps a fit ends, converged or not.
    public static final int MOST_STEPS = 1000;

    /// Vectors of unit length need weak penalties where labels are many.
    static final List<Double> STRENGTHS = List.of(0.1, 1.0, 10.0, 100.0, 1000.0);

    private final int dimension;
    private final int classes;

    /// Of each component of a vector, then of the intercept, the weight of each class.
    private final double[] weights;

    private final boolean isConverged;

    private LogisticRegression(int dimension, int classes, Lbfgs.Minimum minimum) {
        this.dimension = dimension;
        this.classes = classes;
        this.weights = minimum.point();
        this.isConverged = minimum.isReached();
    }

    /// Whether the minimum was reached within {@link #MOST_STEPS} steps.
    public boolean isConverged() {
        return isConverged;
    }

    /// Learns from rows.
    ///
    /// @param vectors all of one dimension
    /// @param labels of each vector, from 0
    /// @param classes how many labels there are, those included that no row has
    /// @param strength the inverse C of the penalty's strength, over 0
    /// @param tolerance the largest component of the gradient at the end; 1e-4 is scikit-learn's
    public static LogisticRegression fit(
            List<float[]> vectors, int[] labels, int classes, double strength, double tolerance) {
        return fit(vectors, labels, classes, strength, tolerance, new double[0]);
    }

    /// Learns from rows, with the inverse strength of 0.1, 1, 10, 100 and 1,000 that answers the most held-out rows rightly in a
    /// five-fold cross-validation.
    ///
    /// @param seed of the shuffle that deals rows of each label to the folds
    /// @param tolerance as {@link #fit} takes it
    public static LogisticRegression crossValidated(
            List<float[]> vectors, int[] labels, int classes, long seed, double tolerance) {
        var chosen = chosen(vectors, labels, classes, seed);
        return fit(vectors, labels, classes, chosen.strength(), tolerance);
    }

    /// The inverse C of the penalty that {@link #crossValidated} chooses.
    public static double chosenStrength(
            List<float[]> vectors, int[] labels, int classes, long seed) {
        return chosen(vectors, labels, classes, seed).strength();
    }

    static StrengthSearch.Chosen chosen(
            List<float[]> vectors, int[] labels, int classes, long seed) {
        return StrengthSearch.choose(
                STRENGTHS, labels, seed, rows -> new Fold(vectors, labels, rows, classes));
    }

    /// Each strength goes on from the weights of the one before.
    private static final class Fold implements StrengthSearch.Fold {
        private static final double TOLERANCE = 1e-4;

        private final List<float[]> all;
        private final List<float[]> known;
        private final int[] answers;
        private LogisticRegression model;

        Fold(List<float[]> vectors, int[] labels, int[] rows, int classes) {
            this.all = vectors;
            this.known = Arrays.stream(rows).mapToObj(vectors::get).toList();
            this.answers = StrengthSearch.of(labels, rows);
            this.model = fit(known, answers, classes, STRENGTHS.getFirst(), TOLERANCE);
        }

        @Override
        public IntFunction<double[]> at(double strength) {
            model = model.refit(known, answers, strength, TOLERANCE);
            var fitted = model;
            return row -> fitted.logProbabilities(all.get(row));
        }
    }

    /// Goes on from another's weights, which spares steps where the two are alike. Rows that this one was learned from and the
    /// new one is not to know leave their trace: a fit ends before the gradient tells of single rows.
    public LogisticRegression refit(
            List<float[]> vectors, int[] labels, double strength, double tolerance) {
        return fit(vectors, labels, classes, strength, tolerance, weights);
    }

    private static LogisticRegression fit(
            List<float[]> vectors,
            int[] labels,
            int classes,
            double strength,
            double tolerance,
            double[] start) {
        if (vectors.isEmpty() || vectors.size() != labels.length || classes < 2 || strength <= 0) {
            throw new IllegalArgumentException(
                    "needs as many labels as vectors, two classes and a strength over 0, got "
                            + List.of(vectors.size(), labels.length, classes, strength));
        }
        int dimension = vectors.getFirst().length;
        var rows = vectors.toArray(float[][]::new);
        var loss = new CrossEntropyLoss(rows, labels, classes, 1 / (strength * rows.length));
        var from = start.length == 0 ? new double[(dimension + 1) * classes] : start;
        var minimum = new Lbfgs(loss::at, tolerance, MOST_STEPS).from(from);
        return new LogisticRegression(dimension, classes, minimum);
    }

    /// The logarithm of each class's probability.
    public double[] logProbabilities(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "learned from vectors of " + dimension + ", got one of " + vector.length);
        }
        var scores = new double[classes];
        scores(vector, weights, scores);
        double all = logSum(scores);
        for (int c = 0; c < classes; c++) {
            scores[c] -= all;
        }
        return scores;
    }

    /// The class with the largest probability, of equals the first.
    public int likeliest(float[] vector) {
        return likeliest(logProbabilities(vector));
    }

    /// The place of the largest, of equals the first.
    ///
    /// @param probabilities of each class, or their logarithms; at least one
    public static int likeliest(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    private static void scores(float[] vector, double[] weights, double[] scores) {
        int classes = scores.length;
        System.arraycopy(weights, vector.length * classes, scores, 0, classes);
        for (int j = 0; j < vector.length; j++) {
            double value = vector[j];
            int at = j * classes;
            for (int c = 0; c < classes; c++) {
                scores[c] += value * weights[at + c];
            }
        }
    }

    private static double logSum(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (double each : scores) {
            sum += Math.exp(each - largest);
        }
        return largest + Math.log(sum);
    }
}
