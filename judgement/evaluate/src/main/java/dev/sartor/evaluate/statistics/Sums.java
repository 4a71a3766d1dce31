package dev.sartor.evaluate.statistics;

/// Sums of per-row counts.
public final class Sums {
    private Sums() {}

    public static int[] of(int[][] rows, int[] chosen) {
        var sums = new int[rows[0].length];
        for (int row : chosen) {
            var counts = rows[row];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
        }
        return sums;
    }
}
