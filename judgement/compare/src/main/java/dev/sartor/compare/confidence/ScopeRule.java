package dev.sartor.compare.confidence;

import dev.sartor.compare.approach.LeastNearness;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.evaluate.Metric;
import java.util.List;
import java.util.Optional;

/// Says a task's label for what fits none of the others where it is not probable enough that one does.
public final class ScopeRule {
    private ScopeRule() {}

    /// The probability below which saying so is shown to gain on validation, as {@link LeastNearness} says.
    ///
    /// @param answers to the validation examples, as the candidate gives them
    public static Scope chosen(String label, List<StoredAnswer> answers, Metric metric) {
        if (answers.isEmpty() || answers.stream().anyMatch(each -> each.confidence().isEmpty())) {
            return new Scope(label, Optional.empty());
        }
        var told = answers.stream().mapToDouble(StoredAnswer::score).toArray();
        var instead =
                metric.perExample(
                        answers.stream()
                                .map(each -> each.withAnswer(label, 0).prediction())
                                .toList());
        var fits = answers.stream().map(StoredAnswer::fits).toList();
        return new Scope(
                label, LeastNearness.shown(fits, told, instead).map(LeastNearness::nearness));
    }

    /// With the label where no other is probable enough to fit.
    public static List<StoredAnswer> applied(
            Scope scope, List<StoredAnswer> answers, Metric metric) {
        double least = scope.threshold().orElse(0.0);
        return answers.stream()
                .map(each ->
                        each.confidence().isPresent() && each.fits() < least
                                ? saying(scope.label(), each, metric)
                                : each)
                .toList();
    }

    private static StoredAnswer saying(String label, StoredAnswer answer, Metric metric) {
        var prediction = answer.withAnswer(label, 0).prediction();
        return answer.withAnswer(label, metric.perExample(List.of(prediction))[0]);
    }
}
