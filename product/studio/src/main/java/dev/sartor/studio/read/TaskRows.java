package dev.sartor.studio.read;

import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.project.setting.TaskSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A task's rows as a comparison would read them, and what `sartor check` says of them.
///
/// @param splits rows by `train`, `validation` and `test`
/// @param problems bad rows and leaks, by file
public record TaskRows(
        Map<String, List<Example>> splits,
        List<String> problems,
        long problemCount,
        List<String> said) {
    static TaskRows read(TaskSettings settings) {
        var problems = new Problems();
        var read = TaskExamples.read(settings, problems);
        var splits = new LinkedHashMap<String, List<Example>>();
        splits.put("train", read.train());
        splits.put("validation", read.validation());
        splits.put("test", read.test());
        var said = new ArrayList<>(read.warnings());
        said.addAll(read.said());
        return new TaskRows(splits, problems.all(), problems.count(), said);
    }

    public List<Example> split(String name) {
        return splits.getOrDefault(name, List.of());
    }

    /// Of a split the rows that hold a text, in any case, and have a right answer.
    public static List<Example> found(
            List<Example> rows, Optional<String> text, Optional<String> label) {
        var lower = text.map(each -> each.toLowerCase(Locale.ROOT));
        return rows.stream()
                .filter(row -> label.filter(each -> !row.reference().equals(each)).isEmpty())
                .filter(row -> lower.filter(each -> !holds(row, each)).isEmpty())
                .toList();
    }

    private static boolean holds(Example row, String lower) {
        return row.text().toLowerCase(Locale.ROOT).contains(lower)
                || row.references().stream()
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(lower));
    }

    /// How many rows of a split have each right answer, by its name.
    public static Map<String, Integer> labels(List<Example> rows) {
        var counts = new TreeMap<String, Integer>();
        rows.forEach(row -> counts.merge(row.reference(), 1, Integer::sum));
        return counts;
    }
}
