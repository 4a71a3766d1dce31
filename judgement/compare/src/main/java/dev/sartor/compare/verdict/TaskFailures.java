package dev.sartor.compare.verdict;

import dev.sartor.compare.failure.FailurePoints;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.ValueSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What went wrong in the answers of a task's candidates that show passages.
///
/// @param rightFrom the least score of a right answer
/// @param byCandidate of the training that is shipped, by the candidate's name; without those that show no passages or were not checked
public record TaskFailures(double rightFrom, Map<String, FailurePoints> byCandidate) {
    /// Of free text where the project does not say it: a common choice for token_f1, and of a judge a tie with the reference.
    private static final double USUAL = 0.5;

    public TaskFailures {
        byCandidate = Map.copyOf(byCandidate);
    }

    /// With `value.right_from` where the task's metric knows more and less. Of labels nothing is told.
    public static TaskFailures of(TaskResult result, Project project) {
        var task = result.task();
        double rightFrom =
                Metrics.saysRightOrWrong(task)
                        ? 1
                        : project.task(task.name())
                                .flatMap(project::value)
                                .flatMap(ValueSettings::rightFrom)
                                .orElse(USUAL);
        var byCandidate = new LinkedHashMap<String, FailurePoints>();
        for (var candidate : result.candidates()) {
            boolean isShown = candidate.run().recipe().approach().usesDocuments();
            if (!task.isClassification() && isShown && !candidate.checks().isEmpty()) {
                byCandidate.put(
                        candidate.name(),
                        FailurePoints.of(
                                candidate.answers(),
                                candidate.checks(),
                                task.unanswerable(),
                                rightFrom));
            }
        }
        return new TaskFailures(rightFrom, byCandidate);
    }

    /// Empty where nothing is told of it.
    public Optional<FailurePoints> of(Measured candidate) {
        return Optional.ofNullable(byCandidate.get(candidate.name()));
    }
}
