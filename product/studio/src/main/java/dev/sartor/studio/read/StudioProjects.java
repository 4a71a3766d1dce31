package dev.sartor.studio.read;

import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.run.Run;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.TaskSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// All that the pages read, with what is kept in memory of it. Thread-safe.
public final class StudioProjects {
    private static final int MOST_TABLES = 8;
    private static final int MOST_PROJECTS = 64;

    private final ProjectFinder finder;
    private final AnswerColumns columns;
    private final Map<Path, ProjectRuns> runs = bounded(MOST_PROJECTS);
    private final KnownRows rows = new KnownRows();
    private final Map<Path, FolderWatch> watches = bounded(MOST_PROJECTS);
    private final Map<TableKey, ExampleSearch> tables = bounded(MOST_TABLES);

    /// @param runs the folders whose answers a table is made of, with their files' times and sizes
    private record TableKey(Map<String, Path> runs, List<Stamp> stamps) {}

    /// @param mostBytes roughly, of answers that are kept in memory
    public StudioProjects(Path root, long mostBytes) {
        this.finder = new ProjectFinder(root);
        this.columns = new AnswerColumns(mostBytes);
    }

    /// The entry that was not asked for longest goes first. Not thread-safe.
    static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> each) {
                return size() > most;
            }
        };
    }

    public ProjectFinder finder() {
        return finder;
    }

    /// @throws dev.sartor.core.SartorException a user's error with every problem of its file
    public Project read(ProjectPlace place) {
        return ProjectFile.read(place.folder());
    }

    public ProjectRuns runs(ProjectPlace place) {
        synchronized (runs) {
            return runs.computeIfAbsent(place.folder(), ProjectRuns::new);
        }
    }

    /// What tells that the project's runs have changed: one for all pages that follow it.
    public FolderWatch watch(ProjectPlace place) {
        synchronized (watches) {
            return watches.computeIfAbsent(
                    place.folder(), folder -> new FolderWatch(folder.resolve("runs")));
        }
    }

    public TaskRows rows(TaskSettings task) {
        return rows.of(task);
    }

    /// The test examples of a task with all answers; empty where no candidate has answered them.
    public Optional<ExampleSearch> examples(ProjectPlace place, String task) {
        return examples(runs(place).candidates(task));
    }

    /// The same of the runs alone whose answers somebody may see.
    public Optional<ExampleSearch> examples(
            ProjectPlace place, String task, Predicate<Run> maySee) {
        var runs = runs(place);
        var seen = new LinkedHashMap<>(runs.candidates(task));
        seen.values()
                .removeIf(folder ->
                        runs.run(String.valueOf(folder.getFileName())).filter(maySee).isEmpty());
        return examples(seen);
    }

    private Optional<ExampleSearch> examples(Map<String, Path> candidates) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        var stamps =
                candidates.values().stream()
                        .map(each -> Stamp.of(new RunFolder(each).storedAnswers().file()))
                        .toList();
        synchronized (tables) {
            return Optional.of(
                    tables.computeIfAbsent(
                            new TableKey(candidates, stamps),
                            _ -> new ExampleSearch(ExampleTable.of(candidates, columns))));
        }
    }
}
