package dev.sartor.promptsearch;

import dev.sartor.compare.Runs;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.prompt.version.PromptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where a search is kept: `prompts/TASK/searches/ID` in the project.
final class SearchFolder {
    private static final String LOOKS = "test-looks.json";

    private final Path project;
    private final String task;
    private final Path folder;

    SearchFolder(Path project, String task, String id) {
        this.project = project;
        this.task = task;
        this.folder = searches(project, task).resolve(id);
    }

    private static Path searches(Path project, String task) {
        return project.resolve(PromptVersions.FOLDER).resolve(task).resolve("searches");
    }

    Path path() {
        return folder;
    }

    /// What the search is of.
    void writeSettings(Map<String, Object> settings) {
        AtomicFile.write(folder.resolve("search.json"), RunJson.pretty(settings));
    }

    void writeResult(SearchResult result) {
        AtomicFile.write(folder.resolve("result.json"), RunJson.pretty(SearchJson.of(result)));
    }

    /// The searches' looks at test examples.
    ///
    /// @param digest of the test file
    private record Looks(String digest, List<Look> looks) {
        private Looks {
            looks = List.copyOf(looks);
        }
    }

    /// @param found the key of the prompt that was tested
    private record Look(String found, Instant at) {}

    /// Records that a prompt meets the test examples now; one that has met them before does not meet them anew.
    ///
    /// @return how often they have been met for this task, by the runs and searches of the project
    int look(String found, String digest, Instant now) {
        var file = folder.resolve(LOOKS);
        var own = new ArrayList<Look>();
        if (Files.isRegularFile(file)) {
            var before = RunJson.read(file, Looks.class);
            if (before.digest().equals(digest)) {
                own.addAll(before.looks());
            }
        }
        if (own.stream().noneMatch(each -> each.found().equals(found))) {
            own.add(new Look(found, now));
            AtomicFile.write(file, RunJson.pretty(new Looks(digest, own)));
        }
        return bySearches(digest) + byRuns(digest);
    }

    private int bySearches(String digest) {
        try (var folders = Files.list(searches(project, task))) {
            return folders.map(each -> each.resolve(LOOKS))
                    .filter(Files::isRegularFile)
                    .map(each -> RunJson.read(each, Looks.class))
                    .filter(each -> each.digest().equals(digest))
                    .mapToInt(each -> each.looks().size())
                    .sum();
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot list " + searches(project, task) + ": " + e.getMessage(), e);
        }
    }

    private int byRuns(String digest) {
        return (int)
                Runs.of(project).list().stream()
                        .filter(run -> run.task().equals(task))
                        .filter(run -> digest.equals(run.digests().get("test")))
                        .count();
    }
}
