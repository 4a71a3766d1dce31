package dev.sartor.evaluate;

import dev.sartor.core.Score;
import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.NestedShares;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Resampling;
import dev.sartor.evaluate.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Figures of answers that are not independent: examples come in groups, or a candidate was trained several times. The figure is
/// the mean over the trainings.
///
/// | metric | interval | p |
/// |---|---|---|
/// | right or wrong | {@link NestedShares} | Student's t |
/// | all others | bootstrap over groups, widened by Student's t and by the spread of the trainings | Student's t |
final class NestedFigures {
    private final Metric metric;
    private final List<List<Prediction>> trainings;
    private final Optional<Clusters> clusters;

    /// @param trainings the answers of each, to the same examples in the same order
    NestedFigures(Metric metric, List<List<Prediction>> trainings) {
        this.metric = metric;
        this.trainings = trainings;
        this.clusters = clusters(trainings.getFirst());
    }

    /// Whether answers are to be told by this class.
    static boolean isFor(List<List<Prediction>> trainings) {
        return trainings.size() > 1 || clusters(trainings.getFirst()).isPresent();
    }

    private static Optional<Clusters> clusters(List<Prediction> predictions) {
        return Clusters.of(predictions.stream().map(Prediction::group).toList());
    }

    Score score() {
        var interval = interval();
        return new Score(
                metric.name(),
                figure(),
                interval.low(),
                interval.high(),
                trainings.getFirst().size());
    }

    private Interval interval() {
        double error = Interval.USUAL_ERROR;
        double least = metric.name().equals("matthews") ? -1 : 0;
        if (metric.isBinary()) {
            return shares().interval(error);
        }
        if (isAlone()) {
            return new Interval(least, 1);
        }
        var pools = pools();
        var drawn = bootstrap(rows -> mean(pools, rows), error);
        return within(widened(drawn, figure(), spread(), error), least);
    }

    /// The first less the second, which answered the same examples in the same order.
    PairedComparison less(NestedFigures other) {
        if (metric.isBinary()) {
            return rightOrWrong().less(other.rightOrWrong());
        }
        double difference = figure() - other.figure();
        var interval = interval(other, Interval.USUAL_ERROR);
        var one = shares().means();
        var two = other.shares().means();
        return new PairedComparison(
                difference,
                interval.low(),
                interval.high(),
                p(other, difference, interval),
                PairedComparison.wins(one, two),
                PairedComparison.wins(two, one));
    }

    /// Of the difference.
    ///
    /// @param error two-sided
    Interval interval(NestedFigures other, double error) {
        if (metric.isBinary()) {
            return rightOrWrong().interval(other.rightOrWrong(), error);
        }
        if (isAlone()) {
            return new Interval(-1, 1);
        }
        var first = pools();
        var second = other.pools();
        var drawn = bootstrap(rows -> mean(first, rows) - mean(second, rows), error);
        var trained = spread().plus(other.spread());
        return widened(drawn, figure() - other.figure(), trained, error);
    }

    private RightOrWrong rightOrWrong() {
        return RightOrWrong.of(metric, trainings);
    }

    private double p(NestedFigures other, double difference, Interval interval) {
        if (metric.isMean()) {
            return shares().spreadLess(other.shares()).p(difference);
        }
        var spread = examples().plus(spread()).plus(other.spread());
        double deviation =
                (interval.high() - interval.low()) / 2 / spread.quantile(Interval.USUAL_ERROR);
        return new Spread(deviation * deviation, spread.degrees()).p(difference);
    }

    /// One group says nothing about others.
    private boolean isAlone() {
        return clusters.map(Clusters::count).orElse(trainings.getFirst().size()) == 1;
    }

    private double figure() {
        return trainings.stream().mapToDouble(metric::aggregate).average().orElseThrow();
    }

    private NestedShares shares() {
        return NestedShares.of(
                trainings.stream().map(metric::perExample).toArray(double[][]::new), clusters);
    }

    private List<Pool> pools() {
        return trainings.stream().map(metric::pool).toList();
    }

    private static double mean(List<Pool> pools, int[] rows) {
        return pools.stream().mapToDouble(pool -> pool.over(rows)).average().orElseThrow();
    }

    /// Of the trainings; of a figure of all examples together that of its values, which is rather too large.
    private Spread spread() {
        return metric.isMean() || trainings.size() == 1
                ? shares().ofTrainings()
                : Spread.ofMean(trainings.stream().mapToDouble(metric::aggregate).toArray());
    }

    /// For its degrees of freedom: how many groups there are.
    private Spread examples() {
        return shares().ofExamples();
    }

    private Interval bootstrap(Pool figure, double error) {
        return clusters.map(each ->
                        Resampling.bootstrap(each, figure::over, Resampling.seeded(), error))
                .orElseGet(() ->
                        Resampling.bootstrap(
                                trainings.getFirst().size(),
                                figure::over,
                                Resampling.seeded(),
                                error));
    }

    /// The drawn interval, whose ends lie as many times farther away as Student's t with the degrees of freedom of the groups is
    /// larger than the normal distribution's, and what the trainings add to it.
    private Interval widened(Interval drawn, double figure, Spread trained, double error) {
        var groups = examples();
        double times = groups.widening(error);
        double more = trained.variance() == 0 ? 0 : trained.quantile(error) * trained.deviation();
        return new Interval(
                figure - Math.hypot((figure - drawn.low()) * times, more),
                figure + Math.hypot((drawn.high() - figure) * times, more));
    }

    private static Interval within(Interval interval, double least) {
        return new Interval(Math.max(least, interval.low()), Math.min(1, interval.high()));
    }

    /// The second's answers in the order of the first's.
    static List<List<Prediction>> matched(
            List<List<Prediction>> first, List<List<Prediction>> second) {
        var order = first.getFirst();
        var matched = new ArrayList<List<Prediction>>();
        second.forEach(each -> matched.add(PairedComparison.matched(order, each)));
        return matched;
    }
}
