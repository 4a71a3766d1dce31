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
/// @param standings the best first
public record Leaderboard(double margin, List<Standing> standings) {
    public Leaderboard {
        standings = List.copyOf(standings);
    }

    /// @param score the mean over the tasks of each task's headline
    /// @param interval of the score, 95 %
    /// @param difference of this less the best on the same items; 0 for the best
    /// @param differenceInterval the simultaneous one
    /// @param isGoodEnough whether it is shown to be less than the margin worse than every other
    public record Standing(
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
                        .sorted(Comparator.comparingDouble(
                                        (Contender each) -> TaskMean.of(each.scores()).value())
                                .reversed()
                                .thenComparingLong(Contender::bytesOnDisk))
                        .toList();
        return new Leaderboard(
                margin,
                byScore.stream().map(each -> standing(each, byScore, margin, error)).toList());
    }

    public static void refuseUnlessMargin(double margin) {
        Problems.refuseUnless(
                margin > 0 && margin < 1,
                "--margin",
                "over 0 and under 1",
                margin,
                "0.05 allows five points");
    }

    private static Standing standing(
            Contender contender, List<Contender> all, double margin, double error) {
        var scores = contender.scores();
        var mean = TaskMean.of(scores);
        var best = all.getFirst();
        var behind = TaskMean.difference(scores, best.scores(), error);
        boolean isGoodEnough =
                all.stream()
                        .filter(other -> other != contender)
                        .map(other -> TaskMean.difference(scores, other.scores(), error))
                        .allMatch(pair -> pair.interval().low() > -margin);
        return contender == best
                ? new Standing(
                        contender, mean.value(), mean.interval(), 0, new Interval(0, 0), isGoodEnough)
                : new Standing(
                        contender,
                        mean.value(),
                        mean.interval(),
                        behind.value(),
                        behind.interval(),
                        isGoodEnough);
    }

    public Standing best() {
        return standings.getFirst();
    }

    /// By bytes on disk; empty where none is shown to be good enough.
    public Optional<Standing> smallest() {
        return standings.stream()
                .filter(Standing::isGoodEnough)
                .min(Comparator.comparingLong(each -> each.contender().bytesOnDisk()));
    }
}
