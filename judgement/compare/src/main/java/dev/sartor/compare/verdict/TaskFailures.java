package dev.sartor.compare.verdict;

import dev.sartor.compare.failure.FailurePoints;
import dev.sartor.core.Task;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.ValueSettings;
import java.util.Optional;

/// What went wrong in the answers of a task's candidates that show passages.
///
/// @param rightFrom the least score of a right answer
public record TaskFailures(Task task, double rightFrom) {
    /// Of free text where the project does not say it: a common choice for token_f1, and of a judge a tie with the reference.
    private static final double USUAL = 0.5;

    /// With `value.right_from` where the task's metric knows more and less.
    public static TaskFailures of(Task task, Project project) {
        double rightFrom =
                Metrics.saysRightOrWrong(task)
                        ? 1
                        : project.task(task.name())
                                .flatMap(project::value)
                                .flatMap(ValueSettings::rightFrom)
                                .orElse(USUAL);
        return new TaskFailures(task, rightFrom);
    }

    /// Of the training that is shipped. Empty for labels, for a candidate that shows no passages, and where nothing was checked.
    public Optional<FailurePoints> of(Measured candidate) {
        boolean isShown = candidate.run().recipe().approach().usesDocuments();
        return task.isClassification() || !isShown || candidate.checks().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        FailurePoints.of(
                                candidate.answers(),
                                candidate.checks(),
                                task.unanswerable(),
                                rightFrom));
    }
}
