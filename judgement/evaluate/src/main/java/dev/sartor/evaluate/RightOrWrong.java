package dev.sartor.evaluate;

import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.NestedShares;
import java.util.List;
import java.util.Optional;

/// Which examples a candidate got right, in each of its trainings, by a metric for which that is all. Made once, and compared with
/// many.
public final class RightOrWrong {
    private final double[][] trainings;
    private final Optional<Clusters> clusters;
    private final NestedShares shares;

    private RightOrWrong(double[][] trainings, Optional<Clusters> clusters) {
        this.trainings = trainings;
        this.clusters = clusters;
        this.shares = NestedShares.of(trainings, clusters);
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
        var spread = shares.spreadLess(other.shares);
        var interval = shares.less(other.shares, spread, Interval.USUAL_ERROR);
        double difference = shares.mean() - other.shares.mean();
        var means = shares.means();
        var others = other.shares.means();
        return new PairedComparison(
                difference,
                interval.low(),
                interval.high(),
                spread.p(difference),
                PairedComparison.wins(means, others),
                PairedComparison.wins(others, means));
    }

    /// Of the difference.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public Interval interval(RightOrWrong other, double error) {
        return isPlain(other)
                ? PairedComparison.intervalOfShares(trainings[0], other.trainings[0], error)
                : shares.less(other.shares, error);
    }

    private boolean isPlain(RightOrWrong other) {
        return trainings.length == 1 && other.trainings.length == 1 && clusters.isEmpty();
    }
}
