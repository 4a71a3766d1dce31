package dev.sartor.compare.verdict;

import java.util.Arrays;

/// The area under the receiver operating characteristic: the chance that a positive example's figure is larger than a negative one's,
/// ties counted half (Mann and Whitney 1947; `sklearn.metrics.roc_auc_score`).
final class RocArea {
    private RocArea() {}

    /// @param positives at least one; likewise the others
    /// @return 0 to 1
    static double of(double[] positives, double[] negatives) {
        var sorted = negatives.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (double positive : positives) {
            sum += (below(sorted, positive, false) + below(sorted, positive, true)) / 2.0;
        }
        return sum / positives.length / negatives.length;
    }

    /// How many are less, or no more.
    private static int below(double[] sorted, double figure, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBelow = orEqual ? sorted[middle] <= figure : sorted[middle] < figure;
            if (isBelow) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
