package dev.sartor.suite.leaderboard;

import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The mean over tasks of the mean over a task's items, each task counting alike. Its interval is put together from the tasks' own by
/// the squares of their distances (MOVER: Zou and Donner 2008), as Newcombe's is from two of Wilson's.
///
/// @param value −1 to 1
record TaskMean(double value, Interval interval) {
    /// Of one model, at 95 %: Wilson's interval where each item is right or wrong, else a bootstrap.
    static TaskMean of(List<double[]> tasks) {
        return joined(tasks.stream().map(TaskMean::ofTask).toList());
    }

    /// Of the first less the second, on the same items: Newcombe's interval of paired shares where each item is right or wrong, else a
    /// bootstrap of the items' differences.
    ///
    /// @param error two-sided
    static TaskMean difference(List<double[]> first, List<double[]> second, double error) {
        var parts = new ArrayList<TaskMean>();
        for (int i = 0; i < first.size(); i++) {
            parts.add(difference(first.get(i), second.get(i), error));
        }
        return joined(parts);
    }

    private static TaskMean ofTask(double[] values) {
        double mean = mean(values);
        return new TaskMean(
                mean,
                areShares(values)
                        ? Proportions.wilson((int) Math.round(mean * values.length), values.length)
                        : bootstrap(values, Interval.USUAL_ERROR, new Interval(0, 1)));
    }

    private static TaskMean difference(double[] first, double[] second, double error) {
        var differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return new TaskMean(
                mean(differences),
                areShares(first) && areShares(second)
                        ? PairedComparison.intervalOfShares(first, second, error)
                        : bootstrap(differences, error, new Interval(-1, 1)));
    }

    /// @param unknown what a single item leaves possible
    private static Interval bootstrap(double[] values, double error, Interval unknown) {
        return values.length == 1
                ? unknown
                : Resampling.bootstrap(
                        values.length, Pool.meanOf(values)::over, Resampling.seeded(), error);
    }

    private static boolean areShares(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == 0 || value == 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static TaskMean joined(List<TaskMean> tasks) {
        double value = tasks.stream().mapToDouble(TaskMean::value).average().orElseThrow();
        double below = 0;
        double above = 0;
        for (var task : tasks) {
            below += Math.pow(task.value - task.interval.low(), 2);
            above += Math.pow(task.interval.high() - task.value, 2);
        }
        return new TaskMean(
                value,
                new Interval(
                        value - Math.sqrt(below) / tasks.size(),
                        value + Math.sqrt(above) / tasks.size()));
    }
}
