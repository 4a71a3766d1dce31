package dev.sartor.compare.verdict;

import dev.sartor.core.Task;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Holm;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.List;

/// Two candidates on the same test examples.
///
/// @param comparison of the first less the second
/// @param adjustedP Holm's, over all pairs of the task
public record Pairing(String first, String second, PairedComparison comparison, double adjustedP) {
    /// Every pair once.
    public static List<Pairing> all(Task task, List<Measured> candidates) {
        var metric = Metrics.of(task);
        var pairs = new ArrayList<Pairing>();
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size(); j++) {
                var first = candidates.get(i);
                var second = candidates.get(j);
                var comparison =
                        PairedComparison.of(metric, first.predictions(), second.predictions());
                pairs.add(new Pairing(first.name(), second.name(), comparison, 1));
            }
        }
        var adjusted =
                Holm.adjust(pairs.stream().mapToDouble(each -> each.comparison().p()).toArray());
        var result = new ArrayList<Pairing>();
        for (int i = 0; i < adjusted.length; i++) {
            var pair = pairs.get(i);
            result.add(new Pairing(pair.first, pair.second, pair.comparison, adjusted[i]));
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
        return new Pairing(/* first= */ second, /* second= */ first, turned, adjustedP);
    }

    boolean isOf(String one, String other) {
        return (first.equals(one) && second.equals(other))
                || (first.equals(other) && second.equals(one));
    }
}
