package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.Optional;

/// Shares of right answers whose examples come in groups, or whose candidates were trained several times. Each says as much as some
/// smaller number of independent answers, the effective sample size (Kish 1965; with Student's t as in Korn and Graubard 1998), and
/// the usual intervals are taken at that number. Where the answers show no spread at all, a group counts as one example.
public final class NestedShares {
    private NestedShares() {}

    /// How uncertain the mean over examples and trainings is: the spread of the examples' means, by group, and that of the
    /// trainings' figures, which both count chance in what a training answers, so that the sum is rather too large.
    ///
    /// @param trainings each example's value in each training, which all have the same examples in the same order
    public static Spread spread(double[][] trainings, Optional<Clusters> clusters) {
        return examples(means(trainings), clusters).plus(trainings(trainings));
    }

    /// Of a share.
    public static Interval interval(
            double[][] trainings, Optional<Clusters> clusters, double error) {
        var means = means(trainings);
        double share = mean(means);
        double n =
                effective(
                        share * (1 - share),
                        spread(trainings, clusters),
                        error,
                        whole(means, clusters));
        return Proportions.wilson(share, n, error);
    }

    /// Of the first's share less the second's, which answered the same examples in the same order.
    public static Interval difference(
            double[][] first, double[][] second, Optional<Clusters> clusters, double error) {
        var one = means(first);
        var other = means(second);
        double both = 0;
        double onlyFirst = 0;
        double onlySecond = 0;
        for (int i = 0; i < one.length; i++) {
            both += one[i] * other[i];
            onlyFirst += one[i] * (1 - other[i]);
            onlySecond += (1 - one[i]) * other[i];
        }
        var pairs =
                new Proportions.Pairs(
                        both, onlyFirst, onlySecond, one.length - both - onlyFirst - onlySecond);
        double difference = pairs.first() - pairs.second();
        double each = (onlyFirst + onlySecond) / one.length - difference * difference;
        var spread = differenceSpread(first, second, clusters);
        return Proportions.difference(
                pairs.as(effective(each, spread, error, whole(one, clusters))), error);
    }

    /// How uncertain the difference of the two means is.
    public static Spread differenceSpread(
            double[][] first, double[][] second, Optional<Clusters> clusters) {
        var one = means(first);
        var other = means(second);
        var apart = new double[one.length];
        Arrays.setAll(apart, i -> one[i] - other[i]);
        return examples(apart, clusters).plus(trainings(first)).plus(trainings(second));
    }

    /// Each example's mean over the trainings.
    public static double[] means(double[][] trainings) {
        var means = new double[trainings[0].length];
        for (var training : trainings) {
            for (int i = 0; i < means.length; i++) {
                means[i] += training[i] / trainings.length;
            }
        }
        return means;
    }

    /// @param each variance of one example's
    /// @param whole how many examples there are at most
    private static double effective(double each, Spread spread, double error, Whole whole) {
        double widening = spread.widening(error);
        double n = spread.variance() > 0 ? each / spread.variance() : whole.groups();
        return Math.min(n / (widening * widening), whole.examples());
    }

    private record Whole(double examples, double groups) {}

    private static Whole whole(double[] means, Optional<Clusters> clusters) {
        int groups = clusters.map(Clusters::count).orElse(means.length);
        return groups == 1 ? new Whole(0, 0) : new Whole(means.length, groups);
    }

    private static Spread examples(double[] means, Optional<Clusters> clusters) {
        return clusters.map(each -> each.spread(means)).orElseGet(() -> Spread.ofMean(means));
    }

    private static Spread trainings(double[][] trainings) {
        return Spread.ofMean(Arrays.stream(trainings).mapToDouble(NestedShares::mean).toArray());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
