package dev.sartor.generate.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Groups rows of like length, so that little is computed for padding: longest first, each group bounded in rows and in
/// padded tokens.
public final class BatchPlan {
    private static final int MOST_ROWS = 32;
    private static final int MOST_TOKENS = 4096;
    private static final int STEP = 16;

    private BatchPlan() {}

    /// @param lengths tokens of row i
    /// @return groups of row numbers that together hold each row once
    public static List<List<Integer>> of(int rows, IntUnaryOperator lengths) {
        var order =
                IntStream.range(0, rows)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingInt(lengths::applyAsInt).reversed())
                        .toList();
        var groups = new ArrayList<List<Integer>>();
        int at = 0;
        while (at < rows) {
            int length = padded(lengths.applyAsInt(order.get(at)));
            int count = Math.clamp(MOST_TOKENS / length, 1, MOST_ROWS);
            groups.add(order.subList(at, Math.min(rows, at + count)));
            at += count;
        }
        return groups;
    }

    /// Lengths are padded to multiples of 16: the first use of each new shape compiles kernels.
    static int padded(int length) {
        return (length + STEP - 1) / STEP * STEP;
    }
}
