package dev.sartor.evaluate;

import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.NestedShares;
import dev.sartor.evaluate.statistics.Spread;
import java.util.List;
import java.util.Optional;

/// Which examples a candidate got right, in each of its trainings, by a metric for which that is all. Made once, and compared with
/// many.
public final class RightOrWrong {
    private final double[][] trainings;
    private final double[] means;
    private final Optional<Clusters> clusters;

    private RightOrWrong(double[][] trainings, Optional<Clusters> clusters) {
        this.trainings = trainings;
        this.means = NestedShares.means(trainings);
        this.clusters = clusters;
    }

    /// @param metric for which an answer is right or wrong
    /// @param trainings the answers of each, to the same examples in the same order
    public static RightOrWrong of(Metric metric, List<List<Prediction>> trainings) {
        var values = trainings.stream().map(metric::perExample).toArray(double[][]::new);
        var groups = trainings.getFirst().stream().map(Prediction::group).toList();
        return new RightOrWrong(values, Clusters.of(groups));
    }

    /// This one less the other, which answered the same examples in the same order.
    public PairedComparison less(RightOrWrong other) {
        if (isPlain(other)) {
            return PairedComparison.ofShares(trainings[0], other.trainings[0]);
        }
        var interval = interval(other, Interval.USUAL_ERROR);
        double difference = mean(means) - mean(other.means);
        return new PairedComparison(
                difference,
                interval.low(),
                interval.high(),
                spread(other).p(difference),
                PairedComparison.wins(means, other.means),
                PairedComparison.wins(other.means, means));
    }

    /// Of the difference.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public Interval interval(RightOrWrong other, double error) {
        return isPlain(other)
                ? PairedComparison.intervalOfShares(trainings[0], other.trainings[0], error)
                : NestedShares.difference(trainings, other.trainings, clusters, error);
    }

    private Spread spread(RightOrWrong other) {
        return NestedShares.differenceSpread(trainings, other.trainings, clusters);
    }

    private boolean isPlain(RightOrWrong other) {
        return trainings.length == 1 && other.trainings.length == 1 && clusters.isEmpty();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
