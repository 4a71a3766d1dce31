package dev.sartor.cli;

import dev.sartor.compare.Project;
import dev.sartor.compare.ProjectCheck;
import dev.sartor.compare.ProjectCheck.TaskCheck;
import dev.sartor.compare.ReadableDocuments;
import dev.sartor.compare.RemoteResponder;
import dev.sartor.core.Problems;
import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.documents.DocumentFolder;
import dev.sartor.documents.ParseLimits;
import dev.sartor.hub.Hub;
import dev.sartor.retrieve.ReaderCounts;
import dev.sartor.retrieve.StandingIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be known of a project before anything is started: its data, leaks between them, documents, licences, keys.
/// Asks nothing of the network.
final class Checkup {
    private final Project project;
    private final Hub hub;
    private final Progress progress;
    private final Problems problems = new Problems();
    private final List<String> notes = new ArrayList<>();
    private Optional<ReaderCounts> readers = Optional.empty();

    Checkup(Project project, Hub hub, Progress progress) {
        this.project = project;
        this.hub = hub;
        this.progress = progress;
    }

    /// @param documents how many can be searched; empty where the project names none
    /// @param readers how many documents of an index everyone may read; empty where the project indexes them itself
    /// @param problems all of them; none means that the project can be compared
    /// @param notes what the user should know and nothing is wrong with
    record Result(
            List<TaskCheck> tasks,
            Optional<Integer> documents,
            Optional<ReaderCounts> readers,
            List<String> problems,
            List<String> notes) {
        Result {
            tasks = List.copyOf(tasks);
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }

    Result run() {
        var data = ProjectCheck.of(project);
        data.tasks().forEach(task -> notes.addAll(task.said()));
        var documents = project.documents().map(this::documents);
        model("model", project.model());
        if (project.documents().isPresent()) {
            model("embedder", project.embedder());
        }
        for (var remote : project.remotes()) {
            attempt(() ->
                    RemoteResponder.open(remote, name -> Optional.ofNullable(System.getenv(name)))
                            .close());
        }
        var all = new ArrayList<>(data.problems());
        all.addAll(problems.all());
        return new Result(data.tasks(), documents, readers, all, notes);
    }

    private int documents(Path folder) {
        if (StandingIndex.isAt(folder)) {
            return standing(folder);
        }
        var report = new DocumentFolder(folder, ParseLimits.usual()).read(progress).report();
        if (report.hasNotes()) {
            notes.addAll(report.lines());
        }
        if (report.parsed() == 0) {
            problems.add(
                    folder.toString(),
                    "there is no readable document in it: retrieval would find nothing");
        }
        return report.parsed();
    }

    private int standing(Path folder) {
        try (var index = StandingIndex.unasked(folder)) {
            var stats = index.stats();
            readers = Optional.of(stats.readers());
            ReadableDocuments.problem(index)
                    .ifPresent(what -> problems.add(folder.toString(), what));
            stats.failed().forEach(each -> notes.add(each.toString()));
            return stats.documents();
        } catch (SartorException e) {
            problems.add(Project.FILE, "documents: " + e.getMessage());
            return 0;
        }
    }

    /// Names on the hub that nobody has pulled are left for later: asking needs the network.
    private void model(String key, String name) {
        var catalogued = hub.catalogue().find(name);
        catalogued.ifPresent(entry -> {
            var licence = entry.licence();
            if (!licence.uses().isEmpty() && !licence.uses().contains(project.use())) {
                problems.add(
                        Project.FILE,
                        String.format(
                                Locale.ROOT,
                                "%s: the licence %s of %s does not allow %s use: %s",
                                key,
                                licence.name(),
                                name,
                                project.use().word(),
                                licence.clause()));
            } else if (licence.gated()) {
                notes.add(
                        String.format(
                                Locale.ROOT,
                                "%s: %s comes under the %s, which must be accepted: `sartor models pull %s` asks.",
                                key,
                                name,
                                licence.name(),
                                name));
            }
        });
        if (catalogued.isEmpty() && !name.contains("/")) {
            attempt(() -> hub.show(name));
        }
    }

    private void attempt(Runnable check) {
        try {
            check.run();
        } catch (SartorException e) {
            if (e.kind() != SartorException.Kind.USER) {
                throw e;
            }
            problems.add(Project.FILE, String.valueOf(e.getMessage()));
        }
    }
}
