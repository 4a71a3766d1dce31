package dev.sartor.evaluate;

import dev.sartor.core.SartorException;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.PairedTests;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Two candidates on the same examples.
///
/// | metric | interval | p |
/// |---|---|---|
/// | right or wrong | Newcombe 1998, method 10 | exact McNemar |
/// | a mean | paired percentile bootstrap | Wilcoxon's signed ranks, as scipy's default |
/// | all together, such as macro-F1 | paired percentile bootstrap | approximate randomisation |
///
/// Where examples come in groups or a candidate was trained several times, {@link NestedFigures} has the table.
///
/// @param difference the first's figure less the second's
/// @param low the lower end of the difference's 95 % interval
/// @param p two-sided, of one comparison alone: see {@link Holm} for several
/// @param onlyA examples that the first alone got right, or on which it has the higher value
/// @param onlyB the same for the second
public record PairedComparison(
        double difference, double low, double high, double p, int onlyA, int onlyB) {

    /// @param second in any order, but for the same ids as the first
    public static PairedComparison of(
            Metric metric, List<Prediction> first, List<Prediction> second) {
        return ofTrainings(metric, List.of(first), List.of(second));
    }

    /// Candidates of which one at least was trained several times; the figure of each is the mean over its trainings.
    ///
    /// @param first the answers of each training, to the same examples in the same order
    public static PairedComparison ofTrainings(
            Metric metric, List<List<Prediction>> first, List<List<Prediction>> second) {
        if (NestedFigures.isFor(first) || NestedFigures.isFor(second)) {
            return new NestedFigures(metric, first)
                    .less(new NestedFigures(metric, NestedFigures.matched(first, second)));
        }
        return single(metric, first.getFirst(), second.getFirst());
    }

    /// Their interval at another error.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public static Interval intervalOfTrainings(
            Metric metric,
            List<List<Prediction>> first,
            List<List<Prediction>> second,
            double error) {
        return NestedFigures.isFor(first) || NestedFigures.isFor(second)
                ? new NestedFigures(metric, first)
                        .interval(
                                new NestedFigures(metric, NestedFigures.matched(first, second)),
                                error)
                : ofMatched(
                        metric,
                        first.getFirst(),
                        matched(first.getFirst(), second.getFirst()),
                        error);
    }

    private static PairedComparison single(
            Metric metric, List<Prediction> first, List<Prediction> second) {
        var matched = matched(first, second);
        double difference = metric.aggregate(first) - metric.aggregate(matched);
        var a = metric.perExample(first);
        var b = metric.perExample(matched);
        int onlyA = wins(a, b);
        int onlyB = wins(b, a);
        var interval = ofMatched(metric, first, matched, Interval.USUAL_ERROR);
        return new PairedComparison(
                difference,
                interval.low(),
                interval.high(),
                p(metric, first, matched),
                onlyA,
                onlyB);
    }

    /// The same where each example is right or wrong, with the values at hand.
    ///
    /// @param first 1 for a right answer and 0 for a wrong one, as {@link Metric#perExample} gives them
    /// @param second of the same examples in the same order
    public static PairedComparison ofShares(double[] first, double[] second) {
        int onlyA = wins(first, second);
        int onlyB = wins(second, first);
        var interval = ofShares(first, onlyA, onlyB, Interval.USUAL_ERROR);
        double all = first.length;
        return new PairedComparison(
                Arrays.stream(first).sum() / all - Arrays.stream(second).sum() / all,
                interval.low(),
                interval.high(),
                PairedTests.mcNemar(onlyA, onlyB),
                onlyA,
                onlyB);
    }

    /// Its interval at another error.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public static Interval intervalOfShares(double[] first, double[] second, double error) {
        return ofShares(first, wins(first, second), wins(second, first), error);
    }

    /// The interval of the difference at another error, where one comparison is one of several.
    ///
    /// @param second in any order, but for the same ids as the first
    /// @param error two-sided: 0.05 gives the interval that {@link #of} gives
    public static Interval interval(
            Metric metric, List<Prediction> first, List<Prediction> second, double error) {
        return intervalOfTrainings(metric, List.of(first), List.of(second), error);
    }

    /// The same for a figure that is the mean of one value for each example.
    ///
    /// @param second of the same examples in the same order
    public static PairedComparison ofMeans(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " examples against " + second.length);
        }
        var differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        var pool = Pool.meanOf(differences);
        var interval =
                first.length == 1
                        ? new Interval(-1, 1)
                        : Resampling.bootstrap(first.length, pool::over, Resampling.seeded());
        return new PairedComparison(
                pool.over(Pool.range(0, first.length)),
                interval.low(),
                interval.high(),
                PairedTests.wilcoxon(first, second),
                wins(first, second),
                wins(second, first));
    }

    private static Interval ofMatched(
            Metric metric, List<Prediction> first, List<Prediction> matched, double error) {
        return metric.isBinary()
                ? intervalOfShares(metric.perExample(first), metric.perExample(matched), error)
                : ofFigures(metric, first, matched, error);
    }

    private static double p(Metric metric, List<Prediction> first, List<Prediction> second) {
        var a = metric.perExample(first);
        var b = metric.perExample(second);
        if (metric.isBinary()) {
            return PairedTests.mcNemar(wins(a, b), wins(b, a));
        }
        return metric.isMean()
                ? PairedTests.wilcoxon(a, b)
                : Resampling.randomised(
                        a.length, metric.pool(joined(first, second)), Resampling.seeded());
    }

    private static Interval ofShares(double[] first, int onlyA, int onlyB, double error) {
        int both = (int) Arrays.stream(first).sum() - onlyA;
        int neither = first.length - both - onlyA - onlyB;
        return Proportions.difference(both, onlyA, onlyB, neither, error);
    }

    private static Interval ofFigures(
            Metric metric, List<Prediction> first, List<Prediction> second, double error) {
        int n = first.size();
        if (n == 1) {
            return new Interval(-1, 1);
        }
        var pool = metric.pool(joined(first, second));
        var others = new int[n];
        return Resampling.bootstrap(
                n,
                rows -> {
                    Arrays.setAll(others, i -> rows[i] + n);
                    return pool.over(rows) - pool.over(others);
                },
                Resampling.seeded(),
                error);
    }

    static int wins(double[] one, double[] other) {
        int wins = 0;
        for (int i = 0; i < one.length; i++) {
            wins += one[i] > other[i] ? 1 : 0;
        }
        return wins;
    }

    private static List<Prediction> joined(List<Prediction> first, List<Prediction> second) {
        var joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }

    static List<Prediction> matched(List<Prediction> first, List<Prediction> second) {
        var byId = new HashMap<String, Prediction>();
        second.forEach(prediction -> byId.put(prediction.id(), prediction));
        var matched =
                first.stream()
                        .map(Prediction::id)
                        .distinct()
                        .map(byId::get)
                        .flatMap(found -> Optional.ofNullable(found).stream())
                        .toList();
        if (matched.size() != first.size() || matched.size() != second.size()) {
            throw SartorException.user(
                    "the two candidates answered "
                            + first.size()
                            + " and "
                            + second.size()
                            + " examples and share "
                            + matched.size()
                            + " ids: only answers to the same examples compare. Evaluate both on"
                            + " the same test file.");
        }
        return matched;
    }
}
