package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What two judges say together: p ∝ p₁^a · p₂^b (a logarithmic opinion pool, Genest and Zidek 1986), with the exponents that make
/// the given labels the most likely. A judge who knows nothing gets an exponent near 0; where both are too unsure, both get larger
/// ones.
///
/// @param one exponent of the first judge, at least 0
/// @param other of the second
record LogLinearPool(double one, double other) {
    private static final int STEPS = 30;
    private static final double CLOSE = 1e-6;
    private static final double LEAST = 1e-12;

    /// @param first rows × labels, of rows that were held out
    /// @param second the same by the other judge
    /// @param counted which rows the exponents are to suit
    static LogLinearPool fit(
            double[][] first, double[][] second, int[] given, IntPredicate counted) {
        var rows = IntStream.range(0, given.length).filter(counted).toArray();
        double a = 0.7;
        double b = 0.3;
        for (int step = 0; step < STEPS; step++) {
            var pool = new LogLinearPool(a, b);
            var sums = new double[5];
            for (var each : moments(pool, first, second, given, rows)) {
                Arrays.setAll(sums, i -> sums[i] + each[i]);
            }
            var move = newton(sums, rows.length);
            double nextA = Math.clamp(a + move[0], 0, 10);
            double nextB = Math.clamp(b + move[1], 0, 10);
            boolean isThere = Math.abs(nextA - a) < CLOSE && Math.abs(nextB - b) < CLOSE;
            a = nextA;
            b = nextB;
            if (isThere) {
                break;
            }
        }
        return new LogLinearPool(a, b);
    }

    /// A step to the maximum of the likelihood, which is concave in both exponents; at most 1 in each.
    private static double[] newton(double[] sums, int rows) {
        double ridge = 1e-6 * rows; // where both judges say the same, or nothing
        double h11 = sums[2] + ridge;
        double h22 = sums[4] + ridge;
        double determinant = h11 * h22 - sums[3] * sums[3];
        return new double[] {
            Math.clamp((h22 * sums[0] - sums[3] * sums[1]) / determinant, -1, 1),
            Math.clamp((h11 * sums[1] - sums[3] * sums[0]) / determinant, -1, 1)
        };
    }

    /// Of each row the log-likelihood's gradient, then the three second derivatives with their signs turned.
    private static double[][] moments(
            LogLinearPool pool, double[][] first, double[][] second, int[] given, int[] rows) {
        return Arrays.stream(rows)
                .parallel()
                .mapToObj(i -> {
                    var p = pool.of(first[i], second[i]);
                    double x = 0;
                    double y = 0;
                    double xx = 0;
                    double xy = 0;
                    double yy = 0;
                    for (int c = 0; c < p.length; c++) {
                        double l1 = log(first[i][c]);
                        double l2 = log(second[i][c]);
                        x += p[c] * l1;
                        y += p[c] * l2;
                        xx += p[c] * l1 * l1;
                        xy += p[c] * l1 * l2;
                        yy += p[c] * l2 * l2;
                    }
                    return new double[] {
                        log(first[i][given[i]]) - x,
                        log(second[i][given[i]]) - y,
                        xx - x * x,
                        xy - x * y,
                        yy - y * y
                    };
                })
                .toArray(double[][]::new);
    }

    private static double log(double probability) {
        return Math.log(Math.max(LEAST, probability));
    }

    /// @return rows × labels; each row sums to 1
    double[][] of(double[][] first, double[][] second) {
        return IntStream.range(0, first.length)
                .parallel()
                .mapToObj(i -> of(first[i], second[i]))
                .toArray(double[][]::new);
    }

    private double[] of(double[] first, double[] second) {
        var pooled = new double[first.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < pooled.length; c++) {
            pooled[c] = one * log(first[c]) + other * log(second[c]);
            largest = Math.max(largest, pooled[c]);
        }
        double sum = 0;
        for (int c = 0; c < pooled.length; c++) {
            pooled[c] = Math.exp(pooled[c] - largest);
            sum += pooled[c];
        }
        for (int c = 0; c < pooled.length; c++) {
            pooled[c] /= sum;
        }
        return pooled;
    }
}
