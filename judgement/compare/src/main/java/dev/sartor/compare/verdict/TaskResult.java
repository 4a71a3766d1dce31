package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.HiddenDocuments;
import dev.sartor.compare.run.Judged;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.evaluate.ConfusionMatrix;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import java.util.List;
import java.util.Optional;

/// What a comparison found for one task: a pure function of stored runs, settings and prices.
///
/// @param baselines what each candidate has to beat
/// @param dropped candidates that left the race before the test examples
/// @param failed candidates that could not be measured, which the verdict knows nothing of
/// @param said what the user should know about the data
/// @param hidden how many documents are hidden from whom; empty where no row names its asker
public record TaskResult(
        Task task,
        List<Measured> candidates,
        List<Baseline> baselines,
        List<Pairing> pairings,
        Verdict verdict,
        Costs costs,
        List<Dropped> dropped,
        List<FailedCandidate> failed,
        List<String> said,
        Optional<HiddenDocuments> hidden) {
    /// What became of a task's candidates.
    public record Candidates(
            List<Measured> measured, List<Dropped> dropped, List<FailedCandidate> failed) {
        public Candidates {
            measured = List.copyOf(measured);
            dropped = List.copyOf(dropped);
            failed = List.copyOf(failed);
        }
    }

    public static TaskResult of(
            Task task,
            Candidates candidates,
            List<Baseline> baselines,
            Costs costs,
            List<String> said) {
        var measured = candidates.measured();
        if (Metrics.isJudged(task)) {
            measured.forEach(TaskResult::refuseUnjudged);
        }
        var pairings = Pairing.all(task, measured);
        return new TaskResult(
                task,
                measured,
                List.copyOf(baselines),
                pairings,
                new VerdictRule(task, measured, baselines, pairings, costs).verdict(),
                costs,
                candidates.dropped(),
                candidates.failed(),
                List.copyOf(said),
                Optional.empty());
    }

    public TaskResult with(Optional<HiddenDocuments> fromAskers) {
        return new TaskResult(
                task,
                candidates,
                baselines,
                pairings,
                verdict,
                costs,
                dropped,
                failed,
                said,
                fromAskers);
    }

    private static void refuseUnjudged(Measured candidate) {
        if (candidate.judged().isEmpty()) {
            throw SartorException.user(
                    "the answers of "
                            + candidate.run().id()
                            + " were not judged yet: run `sartor compare`, which judges them.");
        }
    }

    /// The judge that measured, or was refused; empty where the task's metric is a formula.
    public Optional<Judged.By> judge() {
        return candidates.getFirst().judged().map(Judged::by);
    }

    /// What measured: the task's own metric, or another in the place of a judge that is refused.
    public String metric() {
        return candidates.getFirst().score().metric();
    }

    public int testRows() {
        return candidates.getFirst().answers().size();
    }

    public Measured candidate(String name) {
        return candidates.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public double costPerThousand(Measured candidate) {
        return candidate.cost().perThousand(costs.volumePerMonth());
    }

    public boolean isGoodEnough(Measured candidate) {
        return new VerdictRule(task, candidates, baselines, pairings, costs)
                .isGoodEnough(candidate);
    }

    /// The best by score; of two that score the same, the cheaper.
    public Measured best() {
        return new VerdictRule(task, candidates, baselines, pairings, costs).best();
    }

    /// The candidate less the best; empty for the best itself.
    public Optional<Pairing> pairWithBest(Measured candidate) {
        return pairings.stream()
                .filter(pair -> pair.isOf(candidate.name(), best().name()))
                .findFirst()
                .map(pair -> pair.from(candidate.name()));
    }

    /// Empty for free text.
    public Optional<ConfusionMatrix> confusion(Measured candidate) {
        return task.isClassification()
                ? Optional.of(ConfusionMatrix.of(task.labels(), candidate.predictions()))
                : Optional.empty();
    }
}
