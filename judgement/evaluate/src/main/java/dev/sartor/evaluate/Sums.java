package dev.sartor.evaluate;

/// Sums of per-row counts.
final class Sums {
    private Sums() {}

    static int[] of(int[][] rows, int[] chosen) {
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
