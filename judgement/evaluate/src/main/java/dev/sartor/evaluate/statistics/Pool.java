package dev.sartor.evaluate.statistics;

import java.util.stream.IntStream;

/// A metric's figure over any choice of the rows that it was made from; a row may be chosen more than once. Resampling
/// needs this to be fast: whatever depends on one row alone is computed beforehand.
@FunctionalInterface
public interface Pool {
    double over(int[] rows);

    /// The mean of per-row values.
    static Pool meanOf(double[] values) {
        return rows -> {
            double sum = 0;
            for (int row : rows) {
                sum += values[row];
            }
            return sum / rows.length;
        };
    }

    /// Rows from (inclusive) to (exclusive), each once.
    static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
