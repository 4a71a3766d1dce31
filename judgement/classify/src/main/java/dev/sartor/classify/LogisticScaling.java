package dev.sartor.classify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The probability of one thing by a few features of it: binary logistic regression, fitted by Newton's method, with an L2 penalty of
/// strength 1 on the weights of the standardized features (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning,
/// 2nd edition, 4.4.1).
///
/// @param weights of the intercept, then of each feature
public record LogisticScaling(List<Double> weights) {
    private static final int STEPS = 50;
    private static final double EXACT = 1e-10;

    public LogisticScaling {
        weights = List.copyOf(weights);
    }

    /// @param features of each row, all of one number
    /// @param is whether it is so, of each row; both must occur
    public static LogisticScaling fit(List<double[]> features, List<Boolean> is) {
        if (features.size() != is.size() || !is.contains(true) || !is.contains(false)) {
            throw new IllegalArgumentException(
                    "needs rows of both kinds, as many as there are features, got "
                            + List.of(features.size(), is.size()));
        }
        int count = features.getFirst().length;
        var means = column(count, j -> mean(features, j));
        var deviations = column(count, j -> deviation(features, j, means[j]));
        var rows =
                features.stream()
                        .map(row -> standardized(row, means, deviations))
                        .toArray(double[][]::new);
        var weights = newton(rows, is);
        double intercept = weights[0];
        for (int j = 0; j < count; j++) {
            weights[j + 1] /= deviations[j];
            intercept -= weights[j + 1] * means[j];
        }
        weights[0] = intercept;
        return new LogisticScaling(Arrays.stream(weights).boxed().toList());
    }

    /// 0 to 1.
    public double probability(double... features) {
        if (features.length + 1 != weights.size()) {
            throw new IllegalArgumentException(
                    "learned from " + (weights.size() - 1) + " features, got " + features.length);
        }
        double score = weights.getFirst();
        for (int j = 0; j < features.length; j++) {
            score += weights.get(j + 1) * features[j];
        }
        return sigmoid(score);
    }

    private interface Column {
        double of(int feature);
    }

    private static double[] column(int count, Column column) {
        return IntStream.range(0, count).mapToDouble(column::of).toArray();
    }

    private static double mean(List<double[]> features, int j) {
        return features.stream().mapToDouble(row -> row[j]).average().orElseThrow();
    }

    /// 1 where a feature is always the same.
    private static double deviation(List<double[]> features, int j, double mean) {
        double square =
                features.stream()
                        .mapToDouble(row -> (row[j] - mean) * (row[j] - mean))
                        .average()
                        .orElseThrow();
        return square > 0 ? Math.sqrt(square) : 1;
    }

    /// With a 1 before it, for the intercept.
    private static double[] standardized(double[] row, double[] means, double[] deviations) {
        var made = new double[row.length + 1];
        made[0] = 1;
        for (int j = 0; j < row.length; j++) {
            made[j + 1] = (row[j] - means[j]) / deviations[j];
        }
        return made;
    }

    private static double[] newton(double[][] rows, List<Boolean> is) {
        var weights = new double[rows[0].length];
        for (int step = 0; step < STEPS; step++) {
            var gradient = new double[weights.length];
            var curvature = new double[weights.length][weights.length];
            for (int j = 1; j < weights.length; j++) {
                gradient[j] = weights[j];
                curvature[j][j] = 1;
            }
            for (int i = 0; i < rows.length; i++) {
                double p = sigmoid(dot(weights, rows[i]));
                for (int j = 0; j < weights.length; j++) {
                    gradient[j] += (p - (is.get(i) ? 1 : 0)) * rows[i][j];
                    for (int k = 0; k < weights.length; k++) {
                        curvature[j][k] += p * (1 - p) * rows[i][j] * rows[i][k];
                    }
                }
            }
            var down = solved(curvature, gradient);
            for (int j = 0; j < weights.length; j++) {
                weights[j] -= down[j];
            }
            if (Math.sqrt(dot(down, down)) < EXACT) {
                break;
            }
        }
        return weights;
    }

    /// By elimination without pivots, as the matrix is symmetric and positive definite. Both are changed.
    private static double[] solved(double[][] matrix, double[] right) {
        int count = right.length;
        for (int j = 0; j < count; j++) {
            for (int i = j + 1; i < count; i++) {
                double factor = matrix[i][j] / matrix[j][j];
                for (int k = j; k < count; k++) {
                    matrix[i][k] -= factor * matrix[j][k];
                }
                right[i] -= factor * right[j];
            }
        }
        for (int j = count - 1; j >= 0; j--) {
            for (int k = j + 1; k < count; k++) {
                right[j] -= matrix[j][k] * right[k];
            }
            right[j] /= matrix[j][j];
        }
        return right;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }

    private static double sigmoid(double score) {
        return score >= 0 ? 1 / (1 + Math.exp(-score)) : 1 - 1 / (1 + Math.exp(score));
    }
}
