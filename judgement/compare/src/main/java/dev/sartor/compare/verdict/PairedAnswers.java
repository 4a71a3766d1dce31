package dev.sartor.compare.verdict;

import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.statistics.Interval;
import java.util.List;
import java.util.Optional;

/// What all candidates of a task answered, to be compared in pairs. What one candidate's answers are worth is computed once.
final class PairedAnswers {
    private final Metric metric;
    /// Of each candidate the answers of its trainings.
    private final List<List<List<Prediction>>> answers;

    /// Of each candidate; empty where that is not all that a comparison needs.
    private final Optional<List<double[]>> rightOrWrong;

    PairedAnswers(Metric metric, List<Measured> candidates) {
        this.metric = metric;
        this.answers = candidates.stream().map(Measured::trainings).toList();
        this.rightOrWrong =
                metric.isBinary() && areIndependent() && areInOneOrder()
                        ? Optional.of(
                                answers.stream()
                                        .map(List::getFirst)
                                        .map(metric::perExample)
                                        .toList())
                        : Optional.empty();
    }

    /// Whether no candidate was trained several times, and no example belongs to a group.
    private boolean areIndependent() {
        return answers.stream()
                .allMatch(each ->
                        each.size() == 1
                                && each.getFirst().stream()
                                        .allMatch(answer -> answer.group().isEmpty()));
    }

    /// Whether all answered the same examples, each once, in the same order.
    private boolean areInOneOrder() {
        var ids =
                answers.stream()
                        .findFirst()
                        .map(List::getFirst)
                        .orElse(List.of())
                        .stream()
                        .map(Prediction::id)
                        .toList();
        return ids.stream().distinct().count() == ids.size()
                && answers.stream()
                        .map(List::getFirst)
                        .allMatch(each -> each.stream().map(Prediction::id).toList().equals(ids));
    }

    /// The first less the second.
    ///
    /// @param first a candidate's place
    PairedComparison compare(int first, int second) {
        return rightOrWrong
                .map(all -> PairedComparison.ofShares(all.get(first), all.get(second)))
                .orElseGet(
                        () ->
                                PairedComparison.ofTrainings(
                                        metric, answers.get(first), answers.get(second)));
    }

    /// @param error two-sided: 0.05 gives the 95 % interval
    Interval interval(int first, int second, double error) {
        return rightOrWrong
                .map(all ->
                        PairedComparison.intervalOfShares(all.get(first), all.get(second), error))
                .orElseGet(() ->
                        PairedComparison.intervalOfTrainings(
                                metric, answers.get(first), answers.get(second), error));
    }
}
