package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.RunJson;
import dev.sartor.project.Project;
import java.util.List;
import java.util.Optional;

/// What a comparison found for a whole project.
///
/// @param totalSeconds of this start; a start that goes on from finished candidates is quicker
/// @param estimatedSeconds before it; empty where nothing was to be done, or nobody could tell
public record ComparisonResult(
        Project project,
        List<TaskResult> tasks,
        Machine machine,
        double totalSeconds,
        Optional<Double> estimatedSeconds) {
    public ComparisonResult {
        tasks = List.copyOf(tasks);
    }

    /// That of the first candidate that failed; else 1 where a task's target is not met, and 0. A test set that is too small
    /// to tell is no target missed.
    public int exitCode() {
        var failed = tasks.stream().flatMap(task -> task.failed().stream()).findFirst();
        boolean isMissed =
                tasks.stream()
                        .anyMatch(task -> task.verdict() instanceof Verdict.NothingMeetsTarget);
        return failed.map(each -> each.kind().exitCode()).orElse(isMissed ? 1 : 0);
    }

    /// Every figure, without the answers.
    public ComparisonJson figures() {
        return ComparisonJson.of(this);
    }

    /// What `--json` prints.
    public String json() {
        return RunJson.pretty(figures());
    }
}
