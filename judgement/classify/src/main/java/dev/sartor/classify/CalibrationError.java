package dev.sartor.classify;

/// The expected calibration error (Naeini et al. 2015; Guo et al. 2017): rows are put into 15 bins of equal width by their confidence,
/// and of each bin the distance between its mean confidence and its share of right answers is taken, weighted by its rows.
public final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /// @param confidence of each row, 0 to 1; at least one row
    /// @param right whether each row's answer is right
    /// @return 0 to 1
    public static double of(double[] confidence, boolean[] right) {
        if (confidence.length == 0 || confidence.length != right.length) {
            throw new IllegalArgumentException(
                    "needs as many answers as confidences, got "
                            + right.length
                            + " and "
                            + confidence.length);
        }
        var gap = new double[BINS];
        for (int i = 0; i < confidence.length; i++) {
            int bin = Math.min(BINS - 1, (int) (confidence[i] * BINS));
            gap[bin] += confidence[i] - (right[i] ? 1 : 0);
        }
        double sum = 0;
        for (double each : gap) {
            sum += Math.abs(each);
        }
        return sum / confidence.length;
    }
}
