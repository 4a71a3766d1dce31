package dev.sartor.compare.verdict;

import dev.sartor.core.Task;
import dev.sartor.evaluate.ConfusionMatrix;
import dev.sartor.project.setting.Costs;
import java.util.List;
import java.util.Optional;

/// What a comparison found for one task: a pure function of stored runs, settings and prices.
///
/// @param baselines what each candidate has to beat
/// @param failed candidates that could not be measured, which the verdict knows nothing of
/// @param said what the user should know about the data
public record TaskResult(
        Task task,
        List<Measured> candidates,
        List<Baseline> baselines,
        List<Pairing> pairings,
        Verdict verdict,
        Costs costs,
        List<FailedCandidate> failed,
        List<String> said) {
    public static TaskResult of(
            Task task,
            List<Measured> candidates,
            List<Baseline> baselines,
            Costs costs,
            List<FailedCandidate> failed,
            List<String> said) {
        var pairings = Pairing.all(task, candidates);
        return new TaskResult(
                task,
                List.copyOf(candidates),
                List.copyOf(baselines),
                pairings,
                new VerdictRule(task, candidates, baselines, pairings, costs).verdict(),
                costs,
                List.copyOf(failed),
                List.copyOf(said));
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
    Measured best() {
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
