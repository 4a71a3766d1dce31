package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.Optional;

/// Shares of right answers of one candidate, whose examples come in groups, or that was trained several times. They say as much as
/// some number of independent answers, the effective sample size (Kish 1965; with Student's t as in Korn and Graubard 1998), and
/// the usual intervals are taken at that number. Where the answers show no spread at all, a group counts as one example. Made once,
/// and compared with many.
public final class NestedShares {
    private static final double MOST_TIMES = 2;

    private final Optional<Clusters> clusters;
    private final int trainings;

    /// Each example's, over the trainings.
    private final double[] means;

    private final Spread ofTrainings;

    private NestedShares(double[][] trainings, Optional<Clusters> clusters) {
        this.clusters = clusters;
        this.trainings = trainings.length;
        this.means = means(trainings);
        this.ofTrainings = ofTrainings(trainings);
    }

    /// @param trainings each example's value in each training, which all have the same examples in the same order
    public static NestedShares of(double[][] trainings, Optional<Clusters> clusters) {
        return new NestedShares(trainings, clusters);
    }

    /// Of a share.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public Interval interval(double error) {
        double share = mean();
        var spread = examples(means).plus(ofTrainings);
        return Proportions.wilson(
                share, effective(share * (1 - share), spread, error, answers(trainings)), error);
    }

    /// Of this share less the other's, which answered the same examples in the same order.
    ///
    /// @param error two-sided
    public Interval less(NestedShares other, double error) {
        return less(other, spreadLess(other), error);
    }

    /// @param spread what {@link #spreadLess} says of the two
    public Interval less(NestedShares other, Spread spread, double error) {
        double both = 0;
        double onlyFirst = 0;
        double onlySecond = 0;
        for (int i = 0; i < means.length; i++) {
            both += means[i] * other.means[i];
            onlyFirst += means[i] * (1 - other.means[i]);
            onlySecond += (1 - means[i]) * other.means[i];
        }
        var pairs =
                new Proportions.Pairs(
                        both, onlyFirst, onlySecond, means.length - both - onlyFirst - onlySecond);
        double difference = pairs.first() - pairs.second();
        double each = (onlyFirst + onlySecond) / means.length - difference * difference;
        double answers = answers(Math.max(trainings, other.trainings));
        return Proportions.difference(pairs.as(effective(each, spread, error, answers)), error);
    }

    /// How uncertain this mean less the other's is.
    public Spread spreadLess(NestedShares other) {
        var apart = new double[means.length];
        for (int i = 0; i < apart.length; i++) {
            apart[i] = means[i] - other.means[i];
        }
        return examples(apart).plus(ofTrainings).plus(other.ofTrainings);
    }

    /// What the examples alone say of how uncertain the mean is, by group.
    public Spread ofExamples() {
        return examples(means);
    }

    /// What the trainings add to the uncertainty of their mean: the variance of their figures, less what the same trainings would
    /// differ by on examples drawn anew, which the spread of the examples holds already (the components of a two-way analysis of
    /// variance, Searle, Casella and McCulloch 1992, section 4.4; at least 0). Nothing for a single training. Its degrees of freedom
    /// are as many fewer as that share is large, so that a component which is small by chance is not taken for known.
    public Spread ofTrainings() {
        return ofTrainings;
    }

    /// Over examples and trainings.
    public double mean() {
        return Means.of(means).value();
    }

    /// Each example's, over the trainings.
    public double[] means() {
        return means.clone();
    }

    private static double[] means(double[][] trainings) {
        var means = new double[trainings[0].length];
        for (var training : trainings) {
            for (int i = 0; i < means.length; i++) {
                means[i] += training[i] / trainings.length;
            }
        }
        return means;
    }

    /// To all examples in so many trainings.
    private double answers(int count) {
        return (double) means.length * count;
    }

    /// At most twice as many as there are answers: a spread that is so small is small by chance.
    ///
    /// @param each variance of one example's
    private double effective(double each, Spread spread, double error, double answers) {
        double widening = spread.widening(error);
        double groups = clusters.map(Clusters::count).orElse(means.length);
        double n = spread.variance() > 0 ? each / spread.variance() : groups;
        return Math.min(n, MOST_TIMES * answers) / (widening * widening);
    }

    private Spread examples(double[] values) {
        return clusters.map(each -> each.spread(values)).orElseGet(() -> Spread.ofMean(values));
    }

    private Spread ofTrainings(double[][] values) {
        int count = values.length;
        if (count == 1) {
            return Spread.none();
        }
        var figures = Arrays.stream(values).mapToDouble(each -> Means.of(each).value()).toArray();
        var all = Spread.ofMean(figures);
        double mean = mean();
        double noise = 0;
        var rest = new double[means.length];
        for (int training = 0; training < count; training++) {
            double shift = figures[training] - mean;
            for (int i = 0; i < rest.length; i++) {
                rest[i] = values[training][i] - means[i] - shift;
            }
            noise += examples(rest).variance();
        }
        double expected = noise / (count - 1) / count;
        return all.variance() <= expected
                ? Spread.none()
                : new Spread(
                        all.variance() - expected, all.degrees() * (1 - expected / all.variance()));
    }
}
