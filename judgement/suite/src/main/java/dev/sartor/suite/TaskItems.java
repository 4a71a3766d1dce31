package dev.sartor.suite;

import dev.sartor.suite.file.BenchmarkFiles;
import dev.sartor.suite.score.FewShotExamples;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.BenchmarkTask;
import dev.sartor.suite.task.BenchmarkTasks;
import dev.sartor.suite.task.FewShotRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A task's items, each with what stands before it.
///
/// @param fewShot examples before each item
public record TaskItems(BenchmarkTask task, int fewShot, List<Asked> items) {
    public TaskItems {
        items = List.copyOf(items);
    }

    /// @param before description and examples
    public record Asked(BenchmarkItem item, String before) {}

    /// Reads the rows, all of them, so that a bad one is found whatever the limit.
    public static TaskItems read(BenchmarkTask task, BenchmarkFiles files, RunOptions options) {
        var names = BenchmarkTasks.namesOf(task);
        var all = files.evaluated(names, task.dataset(), task::item);
        int fewShot =
                task.fewShotRule() == FewShotRule.FIXED
                        ? 0
                        : options.fewShot().orElse(task.usualFewShot());
        List<BenchmarkItem> pool =
                fewShot == 0 ? List.of() : files.examples(names, task.dataset(), task::item);
        var examples = new FewShotExamples(task.name(), task.fewShotRule(), pool, fewShot);
        var asked = new ArrayList<Asked>();
        for (var item : limited(all, options)) {
            asked.add(new Asked(item, examples.before(item)));
        }
        return new TaskItems(task, fewShot, asked);
    }

    private static List<BenchmarkItem> limited(List<BenchmarkItem> items, RunOptions options) {
        if (options.limit().isEmpty()) {
            return items;
        }
        var counts = new HashMap<String, Integer>();
        int most = options.limit().get();
        return items.stream()
                .filter(item -> counts.merge(item.subject(), 1, Integer::sum) <= most)
                .toList();
    }
}
