package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The sample project with the first rows of each file.
public final class FewRows {
    private FewRows() {}

    /// @param counts rows of each split
    public static void layOut(Path folder, Map<String, Integer> counts) throws IOException {
        var laid = SampleProject.layOut(folder);
        assertThat(laid.changed()).isEmpty();
        for (var task : List.of("route", "answer")) {
            for (var split : counts.entrySet()) {
                var file = folder.resolve(task, split.getKey() + ".jsonl");
                var rows = Files.readAllLines(file);
                Files.write(
                        file,
                        split.getKey().equals("train") && task.equals("route")
                                ? oneOfEachLabel(rows)
                                : rows.subList(0, split.getValue()));
            }
        }
        var project = folder.resolve("sartor.yaml");
        // What is forgotten, a hundred questions at each measurement, is measured by tests of its
        // own.
        Files.writeString(
                project,
                Files.readString(project)
                        .replaceAll("epochs: \\d", "epochs: 1")
                        .replace("\ntune:\n", "\ntune:\n  max_forgetting: 1\n"));
    }

    /// No label may be missing from training.
    private static List<String> oneOfEachLabel(List<String> rows) {
        var first = new TreeMap<String, String>();
        rows.forEach(
                row -> first.putIfAbsent(Json.mapper().readTree(row).get("label").asString(), row));
        return List.copyOf(first.values());
    }
}
