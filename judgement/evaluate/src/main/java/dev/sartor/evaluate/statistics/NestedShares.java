package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.Optional;

/// Shares of right answers whose examples come in groups, or whose candidates were trained several times. Each says as much as some
/// number of independent answers, the effective sample size (Kish 1965; with Student's t as in Korn and Graubard 1998), and
/// the usual intervals are taken at that number. Where the answers show no spread at all, a group counts as one example.
public final class NestedShares {
    private static final double MOST_TIMES = 2;

    private NestedShares() {}

    /// How uncertain the mean over examples and trainings is: the spread of the examples' means, by group, and what the trainings
    /// themselves add to it.
    ///
    /// @param trainings each example's value in each training, which all have the same examples in the same order
    public static Spread spread(double[][] trainings, Optional<Clusters> clusters) {
        return examples(means(trainings), clusters).plus(ofTrainings(trainings, clusters));
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
                        Whole.of(means.length, trainings.length, clusters));
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
                pairs.as(
                        effective(
                                each,
                                spread,
                                error,
                                Whole.of(
                                        one.length,
                                        Math.max(first.length, second.length),
                                        clusters))),
                error);
    }

    /// How uncertain the difference of the two means is.
    public static Spread differenceSpread(
            double[][] first, double[][] second, Optional<Clusters> clusters) {
        var one = means(first);
        var other = means(second);
        var apart = new double[one.length];
        Arrays.setAll(apart, i -> one[i] - other[i]);
        return examples(apart, clusters)
                .plus(ofTrainings(first, clusters))
                .plus(ofTrainings(second, clusters));
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

    /// At most twice as many as there are answers: a spread that is so small is small by chance.
    ///
    /// @param each variance of one example's
    private static double effective(double each, Spread spread, double error, Whole whole) {
        double widening = spread.widening(error);
        double n = spread.variance() > 0 ? each / spread.variance() : whole.groups();
        return Math.min(n, MOST_TIMES * whole.answers()) / (widening * widening);
    }

    /// @param answers to all examples in all trainings
    /// @param groups of examples
    private record Whole(double answers, double groups) {
        static Whole of(int examples, int trainings, Optional<Clusters> clusters) {
            return new Whole(
                    (double) examples * trainings, clusters.map(Clusters::count).orElse(examples));
        }
    }

    private static Spread examples(double[] means, Optional<Clusters> clusters) {
        return clusters.map(each -> each.spread(means)).orElseGet(() -> Spread.ofMean(means));
    }

    /// What the trainings add to the uncertainty of their mean: the variance of their figures, less what the same trainings would
    /// differ by on examples drawn anew, which the spread of the examples holds already (the components of a two-way analysis of
    /// variance, Searle, Casella and McCulloch 1992, section 4.4; at least 0). Nothing for a single training. Its degrees of freedom
    /// are as many fewer as that share is large, so that a component which is small by chance is not taken for known.
    public static Spread ofTrainings(double[][] trainings, Optional<Clusters> clusters) {
        int count = trainings.length;
        if (count == 1) {
            return Spread.none();
        }
        var figures = Arrays.stream(trainings).mapToDouble(NestedShares::mean).toArray();
        var all = Spread.ofMean(figures);
        var means = means(trainings);
        double noise = 0;
        for (int training = 0; training < count; training++) {
            var values = trainings[training];
            double shift = figures[training] - mean(means);
            var rest = new double[means.length];
            Arrays.setAll(rest, i -> values[i] - means[i] - shift);
            noise += examples(rest, clusters).variance();
        }
        double expected = noise / (count - 1) / count;
        return all.variance() <= expected
                ? Spread.none()
                : new Spread(
                        all.variance() - expected, all.degrees() * (1 - expected / all.variance()));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
