package dev.sartor.cli.fit;

import dev.sartor.cli.option.OpenTokenizer;
import dev.sartor.compare.approach.Askers;
import dev.sartor.compare.approach.ModelWindow;
import dev.sartor.compare.approach.ProjectCheck;
import dev.sartor.compare.approach.ProjectCheck.TaskCheck;
import dev.sartor.compare.run.HiddenDocuments;
import dev.sartor.compare.run.ReadableDocuments;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.hub.Hub;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import dev.sartor.remote.RemoteResponder;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.index.ReaderCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What can be known of a project before anything is started: its data, leaks between them, documents, licences, keys.
/// Asks nothing of the network.
final class Checkup {
    private final Project project;
    private final Hub hub;
    private final Progress progress;
    private final Problems problems = new Problems();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, HiddenDocuments> hidden = new HashMap<>();
    private Set<Principal> askers = Set.of();

    /// Whether an index that the project names can be opened.
    private boolean opens = true;

    private Optional<ReaderCounts> readers = Optional.empty();
    private final List<String> warnings = new ArrayList<>();

    Checkup(Project project, Hub hub, Progress progress) {
        this.project = project;
        this.hub = hub;
        this.progress = progress;
    }

    /// @param documents how many can be searched; empty where the project names none
    /// @param readers how many documents of an index everyone may read; empty where the project indexes them itself
    /// @param hidden how many documents are hidden from whom, by task, where its rows name who asks
    /// @param problems none means that the project can be compared
    /// @param count how many there are, of which a long list is told in numbers
    /// @param warnings what a comparison will not be able to tell, though it can be made
    /// @param notes what the user should know and nothing is wrong with
    record Result(
            List<TaskCheck> tasks,
            Optional<Integer> documents,
            Optional<ReaderCounts> readers,
            Map<String, HiddenDocuments> hidden,
            List<String> problems,
            long count,
            List<String> warnings,
            List<String> notes) {
        Result {
            tasks = List.copyOf(tasks);
            hidden = Map.copyOf(hidden);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
            notes = List.copyOf(notes);
        }
    }

    Result run() {
        ProjectCheck.models(project).forEach(this::model);
        var data = ProjectCheck.of(project, problems.isEmpty() ? window() : Optional.empty());
        data.tasks()
                .forEach(task -> {
                    notes.addAll(task.said());
                    warnings.addAll(task.warnings());
                });
        askers =
                data.tasks().stream()
                        .flatMap(task -> task.askers().keySet().stream())
                        .collect(Collectors.toSet());
        var documents = project.documents().map(this::documents);
        if (opens) {
            data.tasks().forEach(this::hidden);
        }
        project.remotes().forEach(this::remote);
        var all = new ArrayList<>(data.problems());
        all.addAll(problems.all());
        return new Result(
                data.tasks(),
                documents,
                readers,
                hidden,
                all,
                data.count() + problems.count(),
                warnings,
                notes);
    }

    private void remote(Remote remote) {
        if (remote.egress() == Egress.NONE) {
            notes.add(
                    "remotes '"
                            + remote.name()
                            + "' is not asked, as its egress is none: set egress: public to send it what everyone may read.");
            return;
        }
        attempt(() ->
                RemoteResponder.open(remote, name -> Optional.ofNullable(System.getenv(name)))
                        .close());
    }

    private void hidden(TaskCheck task) {
        var told = Askers.of(project, project.task(task.name()).orElseThrow(), task.askers());
        notes.addAll(told.said());
        warnings.addAll(told.warnings());
        told.hidden().ifPresent(each -> hidden.put(task.name(), each));
    }

    private int documents(Path folder) {
        if (PersistentIndex.isAt(folder)) {
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
        try (var index = PersistentIndex.unasked(folder)) {
            var stats = index.stats();
            readers = Optional.of(stats.readers());
            ReadableDocuments.problem(index, askers)
                    .ifPresent(what -> problems.add(folder.toString(), what));
            stats.failed().forEach(each -> notes.add(each.toString()));
            return stats.documents();
        } catch (SartorException e) {
            opens = false;
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
        attempt(() -> {
            if (hub.folder(name).isEmpty()) {
                notes.add(notHere(key, name, catalogued.isPresent()));
            } else if (catalogued.isEmpty()) {
                var _ = hub.show(name); // a folder may hold no model
            }
        });
    }

    private String notHere(String key, String name, boolean catalogued) {
        var where =
                catalogued
                        ? "is not on this machine yet"
                        : "is no file or folder here, and is taken for a model on the hub, which was not asked";
        return String.format(
                Locale.ROOT,
                "%s: %s %s: %s",
                key,
                name,
                where,
                hub.isOffline()
                        ? "unset SARTOR_OFFLINE or HF_HUB_OFFLINE, without which it cannot be fetched."
                        : String.format(
                                Locale.ROOT,
                                "`sartor compare` fetches it, as `sartor models pull %s` does.",
                                CommandLineText.quoted(name)));
    }

    /// What the model reads at once, where its tokenizer is here.
    private Optional<ModelWindow> window() {
        try {
            return OpenTokenizer.here(hub, project.model())
                    .filter(each -> each.context().isPresent())
                    .map(each ->
                            new ModelWindow(
                                    project.model(),
                                    each.context().getAsLong(),
                                    text -> each.tokenizer().encode(text, false).length));
        } catch (SartorException e) {
            problems.add(Project.FILE, "model: " + e.getMessage());
            return Optional.empty();
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
