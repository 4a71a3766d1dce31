package dev.sartor.curate.label;

import dev.sartor.classify.LogisticRegression;
import java.util.Arrays;

/// Confident learning (Northcutt, Jiang and Chuang 2021, JAIR 70): how many rows with each given label are expected to be right
/// under each label. A row counts under a label where its probability is at least that label's threshold, the mean probability
/// of the label over the rows that have it; under the likeliest label where several are reached, and nowhere where none is.
public final class ConfidentJoint {
    /// Nearly equal, as in cleanlab.
    static final double EQUAL = 1e-6;

    /// More than any probability: the threshold of a label that no row has.
    private static final double NEVER = 2;

    private final double[] thresholds;
    private final int[][] counts;
    private final boolean[] offDiagonal;

    private ConfidentJoint(double[] thresholds, int[][] counts, boolean[] offDiagonal) {
        this.thresholds = thresholds;
        this.counts = counts;
        this.offDiagonal = offDiagonal;
    }

    /// @param given of each row its label, from 0
    /// @param probabilities rows × labels, of rows that were held out
    public static ConfidentJoint of(int[] given, double[][] probabilities) {
        int classes = probabilities[0].length;
        var perClass = new int[classes];
        for (int label : given) {
            perClass[label]++;
        }
        var thresholds = thresholds(given, probabilities, perClass);
        var raw = new int[classes][classes];
        var offDiagonal = new boolean[given.length];
        for (int i = 0; i < given.length; i++) {
            int under = under(probabilities[i], thresholds);
            if (under >= 0) {
                raw[given[i]][under]++;
                offDiagonal[i] = under != given[i];
            }
        }
        for (int c = 0; c < classes; c++) {
            raw[c][c] = Math.max(1, raw[c][c]);
        }
        return new ConfidentJoint(thresholds, calibrated(raw, perClass), offDiagonal);
    }

    private static double[] thresholds(int[] given, double[][] probabilities, int[] perClass) {
        var thresholds = new double[perClass.length];
        for (int i = 0; i < given.length; i++) {
            thresholds[given[i]] += probabilities[i][given[i]];
        }
        Arrays.setAll(
                thresholds,
                c -> perClass[c] == 0 ? NEVER : Math.max(2 * EQUAL, thresholds[c] / perClass[c]));
        return thresholds;
    }

    /// −1 where no threshold is reached.
    private static int under(double[] row, double[] thresholds) {
        int reached = 0;
        int first = -1;
        for (int c = 0; c < row.length; c++) {
            if (row[c] >= thresholds[c] - EQUAL) {
                first = first < 0 ? c : first;
                reached++;
            }
        }
        return reached > 1 ? LogisticRegression.likeliest(row) : first;
    }

    /// Each row of the matrix is made to sum to the rows that have the label.
    private static int[][] calibrated(int[][] raw, int[] perClass) {
        int classes = raw.length;
        var counts = new int[classes][];
        for (int c = 0; c < classes; c++) {
            double sum = Arrays.stream(raw[c]).sum();
            var scaled = new double[classes];
            for (int other = 0; other < classes; other++) {
                scaled[other] = raw[c][other] / sum * perClass[c];
            }
            counts[c] = WholeCounts.of(scaled);
        }
        return counts;
    }

    /// Of each label the probability from which on a row counts under it; over 1 where no row has the label.
    public double[] thresholds() {
        return thresholds.clone();
    }

    /// Given × right labels: whole rows, which sum to the rows that have the given label.
    public int[][] counts() {
        return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    }

    int count(int given, int right) {
        return counts[given][right];
    }

    /// How many labels are expected to be wrong in all.
    public int expectedWrong() {
        int wrong = 0;
        for (int c = 0; c < counts.length; c++) {
            wrong += Arrays.stream(counts[c]).sum() - counts[c][c];
        }
        return wrong;
    }

    /// Whether a row counts under another label than it has.
    boolean isOffDiagonal(int row) {
        return offDiagonal[row];
    }
}
