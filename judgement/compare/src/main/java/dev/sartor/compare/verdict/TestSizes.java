package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Judged;
import dev.sartor.evaluate.statistics.SampleSize;
import java.util.HashMap;
import java.util.List;

/// How many test examples it takes to show that a candidate is less than the margin worse than the best, by how far the answers of
/// the two lie apart.
public final class TestSizes {
    /// Of two that never differed, when asking how many examples would do.
    private static final double LEAST = 0.01;

    private TestSizes() {}

    /// A candidate against the best.
    ///
    /// @param difference of the scores, the candidate's less the best's
    /// @param disagreement the mean square of the differences example by example: of right and wrong answers the share of examples
    ///     that exactly one of the two gets right
    /// @param power the chance that as many examples as there are show it, where in truth the two are equally good
    /// @param needed how many examples show it with the power that was asked for
    public record Pair(
            String candidate, double difference, double disagreement, double power, int needed) {}

    /// Every candidate but the best, in the order of the comparison.
    ///
    /// @param power 0 to 1, both exclusive
    public static List<Pair> of(TaskResult result, double power) {
        var best = result.best();
        double error = Pairing.simultaneousError(result.candidates().size());
        double margin = result.task().margin();
        return result.candidates().stream()
                .filter(each -> !each.equals(best))
                .map(each -> {
                    double apart = disagreement(each, best);
                    return new Pair(
                            each.name(),
                            each.score().value() - best.score().value(),
                            apart,
                            SampleSize.powerOfInterval(result.testRows(), margin, apart, error),
                            SampleSize.needed(margin, apart, power, error));
                })
                .toList();
    }

    /// The mean square of the differences of two candidates' answers, example by example; 0.01 of two that never differed.
    static double disagreement(Measured one, Measured other) {
        var scores = new HashMap<String, Double>();
        other.answers().forEach(each -> scores.put(each.id(), each.score()));
        double apart =
                one.answers().stream()
                        .mapToDouble(each -> {
                            double difference = each.score() - scores.getOrDefault(each.id(), 0.0);
                            return difference * difference;
                        })
                        .average()
                        .orElse(0);
        // A judge's errors bring what it measures nearer together than it is.
        double factor =
                one.judged()
                        .map(Judged::by)
                        .filter(by -> !by.isRefused())
                        .map(by -> by.agreement().correction().factor())
                        .orElse(1.0);
        return Math.clamp(apart / (factor * factor), LEAST, 1);
    }
}
