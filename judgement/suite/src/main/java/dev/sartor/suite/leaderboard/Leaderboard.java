package dev.sartor.suite.leaderboard;

import dev.sartor.compare.verdict.Pairing;
import dev.sartor.core.Problems;
import dev.sartor.evaluate.statistics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Models by their mean score, and the smallest that is shown to be less than the margin worse than every other, as a comparison's
/// verdict asks it of candidates: the paired simultaneous interval of (this − other) lies above −margin.
///
/// @param ranking the best first
public record Leaderboard(double margin, List<Ranked> ranking) {
    public Leaderboard {
        ranking = List.copyOf(ranking);
    }

    /// @param score the mean over the tasks of each task's headline
    /// @param interval of the score, 95 %
    /// @param difference of this less the best on the same items; 0 for the best
    /// @param differenceInterval the simultaneous one
    /// @param isGoodEnough whether it is shown to be less than the margin worse than every other
    public record Ranked(
            Contender contender,
            double score,
            Interval interval,
            double difference,
            Interval differenceInterval,
            boolean isGoodEnough) {}

    /// @param contenders at least two, measured on the same items
    /// @param margin how much worse than another is still good enough, over 0 and under 1
    public static Leaderboard of(List<Contender> contenders, double margin) {
        refuseUnlessMargin(margin);
        double error = Pairing.simultaneousError(contenders.size());
        var byScore =
                contenders.stream()
                        .sorted(
                                Comparator.comparingDouble((Contender each) ->
                                                TaskMean.of(each.scores()).value())
                                        .reversed()
                                        .thenComparingLong(Contender::bytesOnDisk))
                        .toList();
        return new Leaderboard(
                margin,
                byScore.stream().map(each -> ranked(each, byScore, margin, error)).toList());
    }

    public static void refuseUnlessMargin(double margin) {
        Problems.refuseUnless(
                margin > 0 && margin < 1,
                "--margin",
                "over 0 and under 1",
                margin,
                "0.05 allows five points");
    }

    private static Ranked ranked(
            Contender contender, List<Contender> all, double margin, double error) {
        var scores = contender.scores();
        var mean = TaskMean.of(scores);
        var best = all.getFirst();
        var behind = TaskMean.difference(scores, best.scores(), error);
        boolean isGoodEnough =
                all.stream()
                        .filter(other -> !other.name().equals(contender.name()))
                        .map(other -> TaskMean.difference(scores, other.scores(), error))
                        .allMatch(pair -> pair.interval().low() > -margin);
        return contender.name().equals(best.name())
                ? new Ranked(
                        contender,
                        mean.value(),
                        mean.interval(),
                        0,
                        new Interval(0, 0),
                        isGoodEnough)
                : new Ranked(
                        contender,
                        mean.value(),
                        mean.interval(),
                        behind.value(),
                        behind.interval(),
                        isGoodEnough);
    }

    public Ranked best() {
        return ranking.getFirst();
    }

    /// By bytes on disk; empty where none is shown to be good enough.
    public Optional<Ranked> smallest() {
        return ranking.stream()
                .filter(Ranked::isGoodEnough)
                .min(Comparator.comparingLong(each -> each.contender().bytesOnDisk()));
    }
}
