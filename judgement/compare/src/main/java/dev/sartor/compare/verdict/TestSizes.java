package dev.sartor.compare.verdict;

import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.SampleSize;
import dev.sartor.evaluate.statistics.Spread;
import java.util.Arrays;
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
    /// @param needed how many examples show it with the power that was asked for; in groups like these, where they have some
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
                    double effect = designEffect(each, best);
                    return new Pair(
                            each.name(),
                            each.score().value() - best.score().value(),
                            apart,
                            SampleSize.powerOfInterval(
                                    (int) Math.max(1, result.testRows() / effect),
                                    margin,
                                    apart,
                                    error),
                            times(effect, SampleSize.needed(margin, apart, power, error)));
                })
                .toList();
    }

    /// So many times the independent examples, rounded up.
    static int times(double effect, int examples) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(effect * examples));
    }

    /// How many examples in groups say as much as one on its own about the difference of two candidates: the variance of its mean by
    /// group over that of independent examples (Kish 1965); from 1 to the number of examples.
    static double designEffect(Measured one, Measured other) {
        var groups = one.answers().stream().map(StoredAnswer::group).toList();
        var apart = differences(one, other);
        double alone = Spread.ofMean(apart).variance();
        return Clusters.of(groups)
                .filter(_ -> alone > 0)
                .map(clusters -> clusters.spread(apart).variance() / alone)
                .map(effect -> Math.clamp(effect, 1, apart.length))
                .orElse(1.0);
    }

    /// The mean square of the differences of two candidates' answers, example by example; 0.01 of two that never differed.
    static double disagreement(Measured one, Measured other) {
        double apart =
                Arrays.stream(differences(one, other)).map(each -> each * each).average().orElse(0);
        return Math.clamp(apart, LEAST, 1);
    }

    /// The first's score less the second's, example by example.
    private static double[] differences(Measured one, Measured other) {
        var scores = new HashMap<String, Double>();
        other.answers().forEach(each -> scores.put(each.id(), each.score()));
        return one.answers().stream()
                .mapToDouble(each -> each.score() - scores.getOrDefault(each.id(), 0.0))
                .toArray();
    }
}
