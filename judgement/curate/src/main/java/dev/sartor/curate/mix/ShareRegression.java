package dev.sartor.curate.mix;

import java.util.List;

/// A ridge regression of losses on the shares of mixtures and their squares, so that the best mixture may lie inside.
final class ShareRegression {
    private static final double RIDGE = 1e-3;

    private final double[] weights;

    private ShareRegression(double[] weights) {
        this.weights = weights;
    }

    /// @param mixtures the shares of each
    /// @param losses of each
    static ShareRegression fit(List<double[]> mixtures, double[] losses) {
        int size = features(mixtures.getFirst()).length;
        var products = new double[size][size + 1];
        for (int row = 0; row < losses.length; row++) {
            var x = features(mixtures.get(row));
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    products[i][j] += x[i] * x[j];
                }
                products[i][size] += x[i] * losses[row];
            }
        }
        for (int i = 1; i < size; i++) {
            products[i][i] += RIDGE * losses.length;
        }
        return new ShareRegression(solved(products));
    }

    /// The intercept comes first, and is not held back.
    private static double[] features(double[] shares) {
        var features = new double[1 + 2 * shares.length];
        features[0] = 1;
        for (int i = 0; i < shares.length; i++) {
            features[1 + i] = shares[i];
            features[1 + shares.length + i] = shares[i] * shares[i];
        }
        return features;
    }

    /// Gaussian elimination with the largest pivot of each column.
    private static double[] solved(double[][] rows) {
        int size = rows.length;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                    pivot = row;
                }
            }
            var swapped = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swapped;
            for (int row = 0; row < size; row++) {
                double factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (int i = column; factor != 0 && i <= size; i++) {
                    rows[row][i] -= factor * rows[column][i];
                }
            }
        }
        var solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = rows[i][size] / rows[i][i];
        }
        return solution;
    }

    double at(double[] shares) {
        var features = features(shares);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * features[i];
        }
        return sum;
    }
}
