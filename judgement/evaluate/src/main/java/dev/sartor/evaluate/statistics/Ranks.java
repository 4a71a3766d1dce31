package dev.sartor.evaluate.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Ranks of differences by their magnitude, from 1; equal magnitudes share the mean of their ranks.
final class Ranks {
    private final double[] values;
    private final double positiveSum;
    private final double tieCorrection;

    Ranks(double[] differences) {
        int n = differences.length;
        var order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> Math.abs(differences[i])))
                        .mapToInt(Integer::intValue)
                        .toArray();
        values = new double[n];
        double correction = 0;
        int start = 0;
        for (int end = 1; end <= n; end++) {
            if (end < n
                    && Math.abs(differences[order[end]]) == Math.abs(differences[order[start]])) {
                continue;
            }
            double size = (double) end - start;
            correction += size * size * size - size;
            for (int i = start; i < end; i++) {
                values[order[i]] = (start + 1 + end) / 2.0;
            }
            start = end;
        }
        tieCorrection = correction;
        positiveSum =
                IntStream.range(0, n)
                        .filter(i -> differences[i] > 0)
                        .mapToDouble(i -> values[i])
                        .sum();
    }

    int count() {
        return values.length;
    }

    double rank(int index) {
        return values[index];
    }

    boolean hasTies() {
        return tieCorrection > 0;
    }

    /// The sum of t³ - t over groups of t equal magnitudes.
    double tieCorrection() {
        return tieCorrection;
    }

    /// The sum of the ranks of differences above 0.
    double positiveSum() {
        return positiveSum;
    }
}
