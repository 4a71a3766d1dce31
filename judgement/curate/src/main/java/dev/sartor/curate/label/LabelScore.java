package dev.sartor.curate.label;

import java.util.stream.IntStream;

/// How well a row's label fits its probabilities: the lower, the likelier the label is wrong (Northcutt et al. 2021, section 3.2;
/// Kuan and Mueller 2022). Scores are cleanlab's.
public enum LabelScore {
    /// The given label's probability.
    SELF_CONFIDENCE {
        @Override
        double of(int given, double[] row) {
            return row[given];
        }
    },
    /// The given label's probability less that of the likeliest other one, moved into 0 to 1.
    NORMALISED_MARGIN {
        @Override
        double of(int given, double[] row) {
            double other = 0;
            for (int c = 0; c < row.length; c++) {
                other = c == given ? other : Math.max(other, row[c]);
            }
            return (row[given] - other + 1) / 2;
        }
    },
    /// The entropy, as a share of the largest one, ÷ the given label's probability; turned round by log(1 + x) / x.
    CONFIDENCE_WEIGHTED_ENTROPY {
        @Override
        double of(int given, double[] row) {
            double entropy = 0;
            for (double each : row) {
                entropy -= each == 0 ? 0 : each * Math.log(each);
            }
            double weighted =
                    entropy / Math.log(row.length) / Math.max(ConfidentJoint.EQUAL, row[given]);
            return Math.log(weighted + 1) / Math.max(ConfidentJoint.EQUAL, weighted);
        }
    };

    /// @param row the probabilities of all labels
    abstract double of(int given, double[] row);

    /// @param given of each row its label, from 0
    /// @param probabilities rows × labels, of rows that were held out; two labels at least
    public double[] of(int[] given, double[][] probabilities) {
        return IntStream.range(0, given.length)
                .mapToDouble(i -> of(given[i], probabilities[i]))
                .toArray();
    }
}
