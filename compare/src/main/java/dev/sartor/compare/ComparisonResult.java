package dev.sartor.compare;

import java.util.List;

/// What a comparison found for a whole project.
///
/// @param totalSeconds of this start; a start that goes on from finished candidates is quicker
public record ComparisonResult(
        Project project, List<TaskResult> tasks, Machine machine, double totalSeconds) {
    public ComparisonResult {
        tasks = List.copyOf(tasks);
    }

    /// Whether every task has something to ship.
    public boolean meetsTargets() {
        return tasks.stream().allMatch(task -> task.verdict() instanceof Verdict.Ship);
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
