package dev.sartor.classify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The probability of one thing by a few features of it: binary logistic regression with an L2 penalty of strength 1 on the
/// weights of the standardized features.
///
/// @param weights of the intercept, then of each feature
public record LogisticScaling(List<Double> weights) {
    /// Two classes have opposite weights, so that their penalty counts each weight half.
    private static final double STRENGTH = 0.5;

    private static final double EXACT = 1e-9;

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
        var rows = features.stream().map(row -> standardized(row, means, deviations)).toList();
        var labels = is.stream().mapToInt(each -> each ? 1 : 0).toArray();
        var fitted = LogisticRegression.fit(rows, labels, 2, STRENGTH, EXACT);
        double atMeans = odds(fitted, new float[count]);
        var weights = new double[count + 1];
        weights[0] = atMeans;
        for (int j = 0; j < count; j++) {
            var one = new float[count];
            one[j] = 1;
            weights[j + 1] = (odds(fitted, one) - atMeans) / deviations[j];
            weights[0] -= weights[j + 1] * means[j];
        }
        return new LogisticScaling(Arrays.stream(weights).boxed().toList());
    }

    private static double odds(LogisticRegression fitted, float[] row) {
        var scores = fitted.logProbabilities(row);
        return scores[1] - scores[0];
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

    private static float[] standardized(double[] row, double[] means, double[] deviations) {
        var made = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            made[j] = (float) ((row[j] - means[j]) / deviations[j]);
        }
        return made;
    }

    private static double sigmoid(double score) {
        return score >= 0 ? 1 / (1 + Math.exp(-score)) : 1 - 1 / (1 + Math.exp(score));
    }
}
