package dev.sartor.project.setting;

import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import java.util.List;
import java.util.stream.Stream;

/// Which metrics judge which task.
public final class Metrics {
    private static final List<String> CLASSIFICATION = List.of("accuracy", "macro_f1", "matthews");

    /// A model that grades, rather than a formula.
    public static final String JUDGE = "judge";

    private Metrics() {}

    public static List<String> known(boolean isClassification) {
        return isClassification
                ? CLASSIFICATION
                : Stream.concat(
                                Metric.names().stream()
                                        .filter(name -> !CLASSIFICATION.contains(name)),
                                Stream.of(JUDGE))
                        .toList();
    }

    /// Whether a judge measures the task's answers to the test examples.
    public static boolean isJudged(Task task) {
        return task.metric().equals(JUDGE);
    }

    /// The formula that scores a task's answers. Of a task with a judge: token_f1, by which validation chooses, as a judge reads
    /// the answers to the test examples alone.
    public static Metric of(Task task) {
        return Metric.named(isJudged(task) ? "token_f1" : task.metric(), task.labels());
    }

    /// Whether each answer's own score is 1 or 0: that of labels is, whatever the metric makes of all of them together.
    public static boolean saysRightOrWrong(Task task) {
        return task.isClassification() || of(task).isBinary();
    }

    /// What is shown beside the task's own metric; nothing is decided by it.
    ///
    /// @param trainings the answers of each of a candidate's trainings
    public static List<Score> also(Task task, List<List<Prediction>> trainings) {
        var usual =
                task.isClassification()
                        ? List.of("accuracy", "macro_f1")
                        : List.of("token_f1", "exact_match");
        return usual.stream()
                .filter(name -> !name.equals(task.metric()))
                .map(name -> Scores.ofTrainings(Metric.named(name, task.labels()), trainings))
                .toList();
    }
}
