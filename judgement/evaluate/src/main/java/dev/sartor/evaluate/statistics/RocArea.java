package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The area under the receiver operating characteristic: the chance that a positive example's figure is larger than a negative one's,
/// ties counted half (Mann and Whitney 1947; `sklearn.metrics.roc_auc_score`).
public final class RocArea {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private RocArea() {}

    /// @param positives at least one; likewise the others
    /// @return 0 to 1
    public static double of(double[] positives, double[] negatives) {
        return Arrays.stream(shares(positives, negatives)).sum() / positives.length;
    }

    /// The 95 % interval of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988, 837): the area's variance is
    /// s²(V10) ÷ m + s²(V01) ÷ n, where V10 is each positive's share of the negatives below it, and V01 each negative's of the
    /// positives above it. Where all of them are alike that variance is 0, which says nothing: then Wilson's interval of as many
    /// examples as the smaller side has.
    public static Interval interval(double[] positives, double[] negatives) {
        double area = of(positives, negatives);
        double variance =
                Spread.ofMean(shares(positives, negatives)).variance()
                        + Spread.ofMean(shares(negatives, positives)).variance();
        if (Double.isInfinite(variance)) {
            return new Interval(0, 1);
        }
        if (variance == 0) {
            int smaller = Math.min(positives.length, negatives.length);
            return Proportions.wilson(area, smaller, Interval.USUAL_ERROR);
        }
        double half =
                NORMAL.inverseSurvivalProbability(Interval.USUAL_ERROR / 2) * Math.sqrt(variance);
        return new Interval(Math.max(0, area - half), Math.min(1, area + half));
    }

    /// The chance of an area as large where both sides come from one distribution (Mann and Whitney 1947): the area is then near
    /// normal about ½ with the variance (m + n + 1) ÷ 12mn. One-sided; ties make it larger than it would have to be.
    public static double p(double[] positives, double[] negatives) {
        double m = positives.length;
        double n = negatives.length;
        double deviation = Math.sqrt((m + n + 1) / (12 * m * n));
        return NORMAL.survivalProbability((of(positives, negatives) - 0.5) / deviation);
    }

    /// The largest share of the positives that lie above a threshold above which there is no more than a share of the negatives
    /// (the largest `tpr` of `sklearn.metrics.roc_curve` with `fpr` within it): the usual figure of membership inference
    /// (Carlini et al. 2022, section III). Of fewer negatives than 1 ÷ `falsePositives` none may lie above it.
    ///
    /// @param falsePositives 0 to less than 1
    public static double truePositives(
            double[] positives, double[] negatives, double falsePositives) {
        var sorted = negatives.clone();
        Arrays.sort(sorted);
        int allowed = (int) Math.floor(falsePositives * sorted.length + 1e-9);
        double threshold = sorted[sorted.length - 1 - allowed];
        return (double) Arrays.stream(positives).filter(each -> each > threshold).count()
                / positives.length;
    }

    /// Of each, the share of the others that are below it.
    private static double[] shares(double[] those, double[] others) {
        var sorted = others.clone();
        Arrays.sort(sorted);
        return Arrays.stream(those)
                .map(each ->
                        (below(sorted, each, false) + below(sorted, each, true))
                                / 2.0
                                / sorted.length)
                .toArray();
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
