package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Judged;
import dev.sartor.core.SartorException;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.RightOrWrong;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.judge.JudgedScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all candidates of a task answered, to be compared in pairs. What one candidate's answers are worth is computed once.
final class PairedAnswers {
    private final Metric metric;

    /// Of each candidate the answers of its trainings.
    private final List<List<List<Prediction>>> answers;

    /// Of each candidate; empty where that is not all that a comparison needs.
    private final Optional<List<RightOrWrong>> rightOrWrong;

    /// Where a judge measures: its correction, and the scores of each candidate.
    private final Optional<JudgedScores> judged;

    private final List<Map<String, Double>> scores;

    PairedAnswers(Metric metric, List<Measured> candidates) {
        this.metric = metric;
        this.answers = candidates.stream().map(Measured::trainings).toList();
        this.judged = Judged.of(candidates.stream().map(Measured::judged).toList());
        this.scores =
                judged.isPresent()
                        ? candidates.stream().map(PairedAnswers::scores).toList()
                        : List.of();
        this.rightOrWrong =
                metric.isBinary() && areInOneOrder()
                        ? Optional.of(
                                answers.stream()
                                        .map(each -> RightOrWrong.of(metric, each))
                                        .toList())
                        : Optional.empty();
    }

    private static Map<String, Double> scores(Measured candidate) {
        var scores = new LinkedHashMap<String, Double>();
        candidate.answers().forEach(each -> scores.put(each.id(), each.score()));
        return scores;
    }

    /// In the order of another candidate's answers.
    private double[] scores(int candidate, int inOrderOf) {
        var own = scores.get(candidate);
        if (!own.keySet().equals(scores.get(inOrderOf).keySet())) {
            throw SartorException.user(
                    "only answers to the same examples compare: run `sartor compare`, which measures all on the present ones.");
        }
        return scores.get(inOrderOf).keySet().stream().mapToDouble(own::get).toArray();
    }

    /// Whether all answered the same examples, each once, in the same order.
    private boolean areInOneOrder() {
        var ids = ids(answers.stream().flatMap(List::stream).findFirst().orElse(List.of()));
        return ids.stream().distinct().count() == ids.size()
                && answers.stream()
                        .flatMap(List::stream)
                        .map(PairedAnswers::ids)
                        .allMatch(ids::equals);
    }

    private static List<String> ids(List<Prediction> answers) {
        return answers.stream().map(Prediction::id).toList();
    }

    /// The first less the second.
    ///
    /// @param first a candidate's place
    PairedComparison compare(int first, int second) {
        if (judged.isPresent()) {
            return judged.get().compare(scores(first, first), scores(second, first));
        }
        return rightOrWrong
                .map(all -> all.get(first).less(all.get(second)))
                .orElseGet(() ->
                        PairedComparison.ofTrainings(
                                metric, answers.get(first), answers.get(second)));
    }

    /// @param error two-sided: 0.05 gives the 95 % interval
    Interval interval(int first, int second, double error) {
        if (judged.isPresent()) {
            return judged.get().interval(scores(first, first), scores(second, first), error);
        }
        return rightOrWrong
                .map(all -> all.get(first).interval(all.get(second), error))
                .orElseGet(() ->
                        PairedComparison.intervalOfTrainings(
                                metric, answers.get(first), answers.get(second), error));
    }
}
