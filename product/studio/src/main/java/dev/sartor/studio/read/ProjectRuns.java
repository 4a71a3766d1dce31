package dev.sartor.studio.read;

import dev.sartor.compare.ProjectLock;
import dev.sartor.compare.Runs;
import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The runs of a project as they stand now. What was read of a file is kept until the file changes. Thread-safe.
public final class ProjectRuns {
    private static final String COMPARISON = "comparison.json";
    private static final int MOST_RUNS = 20_000;

    /// As long a list of runs is taken for what there is: one page asks for it several times.
    private static final Duration FRESH = Duration.ofMillis(500);

    /// Folders below `runs/` that are none of a run.
    private static final Set<String> OTHERS = Set.of("adapters", "searches", "repeats", "seeds");

    private final Path project;
    private final Path folder;
    private final Map<String, Known<RunLine>> finished = new HashMap<>();
    private Optional<List<RunLine>> listed = Optional.empty();
    private long listedAt;
    private int unreadable;
    private Optional<Known<ComparisonJson>> comparison = Optional.empty();

    private record Known<T>(Stamp stamp, T value) {}

    /// A candidate that is being measured, or was when something stopped it.
    ///
    /// @param answered test examples so far
    public record Unfinished(String id, int answered) {}

    ProjectRuns(Path project) {
        this.project = project;
        this.folder = project.resolve("runs");
    }

    /// What the newest comparison found; empty where there is none yet.
    public synchronized Optional<ComparisonJson> comparison() {
        var stamp = Stamp.of(folder.resolve(COMPARISON));
        if (comparison.filter(known -> known.stamp().equals(stamp)).isEmpty()) {
            comparison = Runs.of(project).comparison().map(read -> new Known<>(stamp, read));
        }
        return comparison.map(Known::value);
    }

    public Optional<ComparisonJson.TaskJson> comparison(String task) {
        return comparison().stream()
                .flatMap(found -> found.tasks().stream())
                .filter(each -> each.name().equals(task))
                .findFirst();
    }

    /// Which command writes here now; empty for none.
    public Optional<String> writer() {
        return ProjectLock.holder(project);
    }

    /// Finished runs, the newest first, but for those that cannot be {@link #unreadable read}.
    public synchronized List<RunLine> finished() {
        long now = System.nanoTime();
        if (listed.isEmpty() || now - listedAt > FRESH.toNanos()) {
            listed = Optional.of(look());
            listedAt = now;
        }
        return listed.get();
    }

    /// How many finished runs cannot be read; `sartor upgrade --check` names them.
    public synchronized int unreadable() {
        finished();
        return unreadable;
    }

    private List<RunLine> look() {
        var lines = new ArrayList<RunLine>();
        unreadable = 0;
        for (var id : ids()) {
            var file = folder.resolve(id).resolve("run.json");
            if (Files.isRegularFile(file)) {
                line(id, file).ifPresentOrElse(lines::add, () -> unreadable++);
            }
        }
        finished.keySet()
                .retainAll(
                        lines.stream()
                                .map(each -> String.valueOf(each.folder().getFileName()))
                                .collect(Collectors.toSet()));
        lines.sort(Comparator.comparing(RunLine::finished).reversed());
        return List.copyOf(lines);
    }

    private Optional<RunLine> line(String id, Path file) {
        var stamp = Stamp.of(file);
        var known = Optional.ofNullable(finished.get(id));
        if (known.filter(each -> each.stamp().equals(stamp)).isEmpty()) {
            known =
                    read(id).map(run -> RunLine.of(run, folder.resolve(id)))
                            .map(line -> new Known<>(stamp, line));
            known.ifPresent(read -> finished.put(id, read));
        }
        return known.map(Known::value);
    }

    /// @param id of a finished run of this project
    public Optional<Run> run(String id) {
        if (finished().stream().noneMatch(line -> line.id().equals(id))) {
            return Optional.empty();
        }
        return read(id);
    }

    private Optional<Run> read(String id) {
        try {
            return Optional.of(new RunFolder(folder.resolve(id)).readRun());
        } catch (SartorException e) {
            return Optional.empty();
        }
    }

    /// Runs of a task that have begun and not ended.
    public List<Unfinished> unfinished(String task) {
        var found = new ArrayList<Unfinished>();
        for (var id : ids()) {
            var at = new RunFolder(folder.resolve(id));
            if (id.startsWith(task + "-") && !at.isFinished() && at.readDropped().isEmpty()) {
                found.add(new Unfinished(id, at.storedPart().count()));
            }
        }
        return found;
    }

    private Set<String> ids() {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (var entries = Files.list(folder)) {
            var ids = new HashSet<String>();
            entries.filter(Files::isDirectory)
                    .map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> !OTHERS.contains(each))
                    .limit(MOST_RUNS)
                    .forEach(ids::add);
            return ids;
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /// The candidates of a task that have answered all test examples: those of the newest comparison in its order, then what finished
    /// since, the newest run of each.
    ///
    /// @return the runs' folders by the candidates' names
    public Map<String, Path> candidates(String task) {
        var candidates = new LinkedHashMap<String, Path>();
        var known = finished();
        comparison(task).stream()
                .flatMap(found -> found.candidates().stream())
                .forEach(each ->
                        known.stream()
                                .filter(line -> line.id().equals(each.run()))
                                .findFirst()
                                .ifPresent(line -> candidates.put(each.name(), line.folder())));
        unjudged(task).forEach(line -> candidates.putIfAbsent(line.candidate(), line.folder()));
        return candidates;
    }

    /// Finished runs of a task that the newest comparison does not hold and that ended after it, the newest first.
    public List<RunLine> unjudged(String task) {
        var compared =
                comparison(task).stream()
                        .flatMap(found -> found.candidates().stream())
                        .map(ComparisonJson.CandidateJson::run)
                        .toList();
        var since = Stamp.of(folder.resolve(COMPARISON)).modified();
        return finished().stream()
                .filter(line -> line.task().equals(task) && !compared.contains(line.id()))
                .filter(line -> line.finished().toEpochMilli() >= since)
                .toList();
    }

    /// What was trained or is being trained, the newest first.
    public List<TrainingLine> trainings() {
        var place = folder.resolve("adapters");
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var entries = Files.list(place)) {
            return entries.limit(MOST_RUNS)
                    .flatMap(each -> TrainingLine.of(each).stream())
                    .sorted(Comparator.comparing(TrainingLine::changed).reversed())
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + place + ": " + e.getMessage(), e);
        }
    }
}
