package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How far any number of annotators agree beyond chance on fixed categories, where some may have left rows out: α = 1 − observed ÷
/// expected disagreement (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", for nominal data). 1 where they always
/// agree, 0 where they agree as chance would have it, below where they agree less. Rows that fewer than two annotators labelled
/// do not count.
public final class KrippendorffAlpha {
    /// In place of a category that an annotator did not give.
    public static final int MISSING = -1;

    private final int categories;

    /// Of each row that counts, how many annotators gave each category.
    private final int[][] rows;

    /// @param annotations of each row the categories that annotators gave, from 0, or {@link #MISSING}
    public KrippendorffAlpha(int[][] annotations, int categories) {
        this.categories = categories;
        this.rows =
                Arrays.stream(annotations)
                        .map(row -> counts(row, categories))
                        .filter(row -> Arrays.stream(row).sum() >= 2)
                        .toArray(int[][]::new);
        if (rows.length == 0) {
            throw new IllegalArgumentException("no row has two annotations");
        }
    }

    private static int[] counts(int[] row, int categories) {
        var counts = new int[categories];
        for (int category : row) {
            if (category != MISSING) {
                counts[category]++;
            }
        }
        return counts;
    }

    /// How many rows two annotators or more have labelled.
    public int count() {
        return rows.length;
    }

    /// 0 where all always say the same one thing, which shows nothing.
    public double value() {
        return value(Pool.range(0, rows.length));
    }

    /// The percentile bootstrap's 95 % interval over rows.
    public Interval interval(RandomGenerator random) {
        return Resampling.bootstrap(rows.length, this::value, random);
    }

    private double value(int[] drawn) {
        double disagreed = 0;
        double all = 0;
        var totals = new double[categories];
        for (int row : drawn) {
            var counts = rows[row];
            int given = 0;
            int same = 0;
            for (int c = 0; c < categories; c++) {
                given += counts[c];
                same += counts[c] * (counts[c] - 1);
                totals[c] += counts[c];
            }
            all += given;
            disagreed += given - (double) same / (given - 1);
        }
        double expected = all * all;
        for (double total : totals) {
            expected -= total * total;
        }
        return expected == 0 ? 0 : 1 - (all - 1) * disagreed / expected;
    }
}
