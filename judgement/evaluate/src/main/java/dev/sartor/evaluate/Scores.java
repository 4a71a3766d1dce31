package dev.sartor.evaluate;

import dev.sartor.core.Score;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.Arrays;
import java.util.List;

/// Figures with their 95 % intervals: Wilson's for a share of right answers, the percentile bootstrap for everything else; where
/// examples come in groups or a candidate was trained several times, as {@link NestedFigures} says.
public final class Scores {
    private Scores() {}

    /// A single example says nothing about others, nor does a single group: the interval is the whole range.
    public static Score score(Metric metric, List<Prediction> predictions) {
        return ofTrainings(metric, List.of(predictions));
    }

    /// The mean over several trainings of one candidate, with what their differences add to the interval.
    ///
    /// @param trainings the answers of each, to the same examples in the same order
    public static Score ofTrainings(Metric metric, List<List<Prediction>> trainings) {
        return NestedFigures.isFor(trainings)
                ? new NestedFigures(metric, trainings).score()
                : single(metric, trainings.getFirst());
    }

    private static Score single(Metric metric, List<Prediction> predictions) {
        int n = predictions.size();
        double value = metric.aggregate(predictions);
        var interval = interval(metric, predictions);
        return new Score(metric.name(), value, interval.low(), interval.high(), n);
    }

    private static Interval interval(Metric metric, List<Prediction> predictions) {
        int n = predictions.size();
        if (metric.isBinary()) {
            int right = (int) Arrays.stream(metric.perExample(predictions)).sum();
            return Proportions.wilson(right, n);
        }
        if (n == 1) {
            return new Interval(metric.name().equals("matthews") ? -1 : 0, 1);
        }
        return Resampling.bootstrap(n, metric.pool(predictions)::over, Resampling.seeded());
    }
}
