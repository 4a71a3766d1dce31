package dev.sartor.cli.data;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.curate.LeakSearch;
import dev.sartor.suite.file.BenchmarkFiles;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.BenchmarkTask;
import dev.sartor.suite.task.BenchmarkTasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The items of public benchmarks as rows to look for: each text of an item that is long enough to be told is a row.
final class BenchmarkTexts {
    /// Shorter texts, such as most choices, stand anywhere.
    static final int FEWEST_WORDS = 6;

    private final Path folder;
    private final String field;

    /// @param folder for the rows; the caller removes it
    /// @param field of the text
    BenchmarkTexts(Path folder, String field) {
        this.folder = folder;
        this.field = field;
    }

    /// @param names of benchmarks
    /// @param data where their rows lie, as `sartor benchmark` takes it
    /// @return a file for each benchmark, which is called after it
    List<Path> files(List<String> names, List<String> data) {
        var where = BenchmarkFiles.of(data, BenchmarkTasks.names());
        return BenchmarkTasks.named(names).stream().map(task -> file(task, where)).toList();
    }

    private Path file(BenchmarkTask task, BenchmarkFiles where) {
        var items = where.evaluated(BenchmarkTasks.namesOf(task), task.dataset(), task::item);
        var file = folder.resolve(task.name() + ".jsonl");
        AtomicFile.write(
                file,
                to -> {
                    for (var item : items) {
                        for (var text : texts(item)) {
                            var row = Json.mapper().createObjectNode().put(field, text);
                            to.write((row + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                });
        return file;
    }

    private static List<String> texts(BenchmarkItem item) {
        var texts = new ArrayList<String>();
        for (var value : item.source().fields().values()) {
            if (value.isString() && words(value.stringValue()) >= FEWEST_WORDS) {
                texts.add(value.stringValue());
            }
        }
        return texts.stream().distinct().toList();
    }

    private static int words(String text) {
        return text.split("\\s+", -1).length;
    }

    /// What was found, with benchmarks in the place of the files that they were written to.
    LeakSearch.Found named(LeakSearch.Found found) {
        return new LeakSearch.Found(
                found.rows(),
                found.against(),
                found.leaking(),
                found.pairs().stream()
                        .map(each ->
                                new LeakSearch.Pair(
                                        named(each.test()),
                                        each.other(),
                                        each.kind(),
                                        each.score()))
                        .toList(),
                found.notes());
    }

    private LeakSearch.Place named(LeakSearch.Place place) {
        var path = Path.of(place.file());
        return path.startsWith(folder)
                ? new LeakSearch.Place(
                        path.getFileName().toString().replaceFirst("\\.jsonl$", ""),
                        place.line(),
                        place.text())
                : place;
    }
}
