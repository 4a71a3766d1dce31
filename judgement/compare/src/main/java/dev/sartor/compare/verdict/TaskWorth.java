package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.worth.Contender;
import dev.sartor.worth.Cost;
import dev.sartor.worth.Outcome;
import dev.sartor.worth.Terms;
import dev.sartor.worth.Worth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a task's candidates are worth, by their stored answers and by what they cost.
public final class TaskWorth {
    private final Task task;
    private final Costs costs;
    private final double rightFrom;

    private TaskWorth(Task task, Costs costs, double rightFrom) {
        this.task = task;
        this.costs = costs;
        this.rightFrom = rightFrom;
    }

    /// Empty where the project does not say what answers are worth.
    ///
    /// @param shipped the candidate that is, or would be, shipped
    public static Optional<Worth> of(TaskResult result, Project project, String shipped) {
        return project.task(result.task().name())
                .flatMap(project::value)
                .map(value -> {
                    var worth =
                            new TaskWorth(
                                    result.task(), result.costs(), rightFrom(result.task(), value));
                    return Worth.of(
                            Terms.of(value, result.costs()),
                            worth.contenders(result.candidates()),
                            shipped);
                });
    }

    /// The least score of a right answer.
    private static double rightFrom(Task task, ValueSettings value) {
        return Metrics.saysRightOrWrong(task)
                ? 1
                : value.rightFrom()
                        .orElseThrow(() ->
                                SartorException.user(
                                        "value.right_from is missing: the task '"
                                                + task.name()
                                                + "' is judged by "
                                                + task.metric()
                                                + ", which knows more and less, not right and wrong. Say from which score on an"
                                                + " answer is right, such as 'right_from: 0.5'."));
    }

    private List<Contender> contenders(List<Measured> candidates) {
        var ids = candidates.getFirst().answers().stream().map(StoredAnswer::id).toList();
        return candidates.stream()
                .map(each ->
                        new Contender(
                                each.name(), outcomes(each, ids), prices -> cost(each, prices)))
                .toList();
    }

    /// @param ids the test examples, in the order that all candidates share
    private List<Outcome> outcomes(Measured candidate, List<String> ids) {
        Map<String, Outcome> byId =
                candidate.answers().stream()
                        .collect(
                                Collectors.toMap(
                                        StoredAnswer::id,
                                        each -> outcome(each, candidate.run().setup().abstention()),
                                        (first, _) -> first));
        if (byId.size() != ids.size() || !byId.keySet().containsAll(ids)) {
            throw SartorException.user(
                    "task '"
                            + task.name()
                            + "': "
                            + candidate.name()
                            + " answered other test examples than the first candidate, or one id stands twice: what they are"
                            + " worth compares by the same examples alone. Run `sartor compare`.");
        }
        return ids.stream().flatMap(id -> Optional.ofNullable(byId.get(id)).stream()).toList();
    }

    private Outcome outcome(StoredAnswer answer, Optional<Abstention> abstention) {
        if (abstention.filter(by -> answer.sure() < by.threshold()).isPresent()) {
            return Outcome.LEFT;
        }
        return answer.score() >= rightFrom ? Outcome.RIGHT : Outcome.WRONG;
    }

    /// As `compare` reckons it, at other prices. Tokens of a remote model cost what they cost.
    private Cost cost(Measured candidate, Costs prices) {
        double left = candidate.abstained().map(Abstained::left).orElse(0.0);
        double tokens = candidate.cost().perAnswer() - left * costs.personPerAnswer();
        var cost =
                CandidateCost.of(candidate.run(), candidate.secondsPerAnswer(), tokens, prices)
                        .withPeople(left * prices.personPerAnswer());
        return new Cost(cost.perAnswer(), cost.perYear());
    }
}
