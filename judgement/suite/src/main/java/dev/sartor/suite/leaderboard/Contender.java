package dev.sartor.suite.leaderboard;

import dev.sartor.suite.TaskResult;
import java.util.List;
import java.util.OptionalLong;

/// A model that was measured on some tasks.
///
/// @param bytesOnDisk of its files
/// @param peakMib the most that the process held in memory beyond what it held before the model was opened; empty where the
///     system does not say
/// @param results of the tasks, in the order that all contenders have
public record Contender(
        String name, long bytesOnDisk, OptionalLong peakMib, List<TaskResult> results) {
    public Contender {
        results = List.copyOf(results);
    }

    /// Tokens of prompts and answers that were computed in a second.
    public double tokensPerSecond() {
        double seconds = results.stream().mapToDouble(TaskResult::seconds).sum();
        return results.stream().mapToLong(TaskResult::tokens).sum() / seconds;
    }

    /// Each task's items' values, 0 to 1.
    List<double[]> scores() {
        return results.stream().map(TaskResult::scores).toList();
    }
}
