package dev.sartor.compare.verdict;

import dev.sartor.core.Task;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Holm;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.List;

/// Two candidates on the same test examples.
///
/// @param comparison of the first less the second
/// @param simultaneous the interval of the difference by which one may be shipped: wide enough that of all candidates that are worse
///     than another by the margin, any is taken for good enough once in twenty tasks at most
/// @param adjustedP Holm's, over all pairs of the task
public record Pairing(
        String first,
        String second,
        PairedComparison comparison,
        Interval simultaneous,
        double adjustedP) {
    /// The two-sided error of a simultaneous interval: each of the others may be the one that is truly the best, against which all
    /// but it are tested (Bonferroni). Never narrower than a 95 % interval.
    public static double simultaneousError(int candidates) {
        return Math.min(
                Interval.USUAL_ERROR, 2 * Interval.USUAL_ERROR / Math.max(1, candidates - 1));
    }

    /// Every pair once.
    public static List<Pairing> all(Task task, List<Measured> candidates) {
        double error = simultaneousError(candidates.size());
        var answers = new PairedAnswers(Metrics.of(task), candidates);
        var pairs = new ArrayList<Pairing>();
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size(); j++) {
                var first = candidates.get(i);
                var second = candidates.get(j);
                var comparison = answers.compare(i, j);
                var usual = new Interval(comparison.low(), comparison.high());
                var simultaneous =
                        error < Interval.USUAL_ERROR ? answers.interval(i, j, error) : usual;
                pairs.add(new Pairing(first.name(), second.name(), comparison, simultaneous, 1));
            }
        }
        var adjusted =
                Holm.adjust(pairs.stream().mapToDouble(each -> each.comparison().p()).toArray());
        var result = new ArrayList<Pairing>();
        for (int i = 0; i < adjusted.length; i++) {
            var pair = pairs.get(i);
            result.add(
                    new Pairing(
                            pair.first,
                            pair.second,
                            pair.comparison,
                            pair.simultaneous,
                            adjusted[i]));
        }
        return result;
    }

    /// The same pair seen from a candidate that is one of the two.
    Pairing from(String candidate) {
        if (first.equals(candidate)) {
            return this;
        }
        var turned =
                new PairedComparison(
                        -comparison.difference(),
                        -comparison.high(),
                        -comparison.low(),
                        comparison.p(),
                        comparison.onlyB(),
                        comparison.onlyA());
        return new Pairing(
                /* first= */ second,
                /* second= */ first,
                turned,
                new Interval(-simultaneous.high(), -simultaneous.low()),
                adjustedP);
    }

    boolean isOf(String one, String other) {
        return (first.equals(one) && second.equals(other))
                || (first.equals(other) && second.equals(one));
    }
}
