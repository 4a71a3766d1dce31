package dev.sartor.suite;

import dev.sartor.suite.score.ItemAnswer;
import dev.sartor.suite.score.StandardErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;

/// Figures over items.
final class Figures {
    private Figures() {}

    /// Of a task, or of one subject of it.
    ///
    /// @param answers at least one
    static List<Figure> of(List<ItemAnswer> answers) {
        var figures = new ArrayList<Figure>();
        for (var metric : answers.getFirst().metrics().keySet()) {
            var parts = parts(answers, metric);
            var all = StandardErrors.joined(parts);
            boolean isPerplexity = Figure.isPerplexity(metric);
            double value =
                    isPerplexity
                            ? StandardErrors.perplexity(all)
                            : Arrays.stream(all).sum() / all.length;
            figures.add(new Figure(metric, value, error(parts, all, isPerplexity)));
        }
        return figures;
    }

    private static OptionalDouble error(List<double[]> parts, double[] all, boolean isPerplexity) {
        if (!StandardErrors.isKnown(parts)) {
            return OptionalDouble.empty();
        }
        if (isPerplexity) {
            return OptionalDouble.of(StandardErrors.ofPerplexity(all));
        }
        return OptionalDouble.of(
                parts.size() == 1 ? StandardErrors.ofMean(all) : StandardErrors.pooled(parts));
    }

    /// One for each subject.
    private static List<double[]> parts(List<ItemAnswer> answers, String metric) {
        var bySubject = new LinkedHashMap<String, List<Double>>();
        for (var each : answers) {
            bySubject
                    .computeIfAbsent(each.item().subject(), _ -> new ArrayList<>())
                    .add(each.metrics().getOrDefault(metric, Double.NaN));
        }
        return bySubject.values().stream()
                .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
    }
}
