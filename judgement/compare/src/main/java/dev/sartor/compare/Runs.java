package dev.sartor.compare;

import dev.sartor.compare.approach.Checks;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.PrivacyRecord;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.run.Trees;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.TaskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The runs of a project, in its folder `runs/`.
public final class Runs {
    private static final String ADAPTERS = "adapters";
    private static final String SEARCHES = "searches";

    private final Path folder;

    private Runs(Path folder) {
        this.folder = folder;
    }

    /// @param project the project's folder
    public static Runs of(Path project) {
        return new Runs(project.resolve("runs"));
    }

    /// Where a run is made a second time.
    Runs repeating(String id) {
        return new Runs(folder.resolve("repeats").resolve(id));
    }

    /// Where candidates are trained with further seeds.
    Runs seeds() {
        return new Runs(folder.resolve("seeds"));
    }

    Path folder() {
        return folder;
    }

    void removeAll() {
        Trees.delete(folder);
    }

    /// The folders of what was trained to its end.
    List<Path> trained() {
        var trained = adapterFolder("");
        if (!Files.isDirectory(trained)) {
            return List.of();
        }
        try (var folders = Files.list(trained)) {
            return folders.filter(each -> Files.isRegularFile(each.resolve(Adapters.TRAINING)))
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + trained + ": " + e.getMessage(), e);
        }
    }

    /// Finished runs, the newest first.
    public List<Run> list() {
        return finished().stream()
                .map(RunFolder::readRun)
                .sorted(Comparator.comparing(Run::finished).reversed())
                .toList();
    }

    private List<RunFolder> finished() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.map(RunFolder::new).filter(RunFolder::isFinished).toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /// A finished run's folder, and what reading it again says.
    ///
    /// @param version of the program that wrote it; empty where the file does not say
    /// @param problem why this version cannot use it
    public record Reading(String id, String version, Optional<String> problem) {}

    /// Each finished run by itself, so that one that cannot be read hides no other.
    public List<Reading> readings() {
        return finished().stream()
                .sorted(Comparator.comparing(RunFolder::path))
                .map(this::reading)
                .toList();
    }

    private Reading reading(RunFolder at) {
        var id = String.valueOf(at.path().getFileName());
        var version = "";
        try {
            var run = at.readRun();
            version = run.version();
            var _ = at.readAnswers();
            var adapter = adapter(run).filter(each -> !Files.isDirectory(each));
            return new Reading(
                    id, version, adapter.map(each -> "its adapter " + each + " is not there"));
        } catch (SartorException e) {
            return new Reading(id, version, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /// Whether a candidate whose runs' ids begin so was dropped.
    boolean wasDropped(String beginning) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(each -> isOf(String.valueOf(each.getFileName()), beginning))
                    .anyMatch(each -> new RunFolder(each).readDropped().isPresent());
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOf(String id, String beginning) {
        return id.startsWith(beginning) && id.length() == beginning.length() + Planned.KEY_DIGITS;
    }

    /// @param name an id, the beginning of one, or `task/candidate`, which means its newest run that no rebase made
    /// @throws SartorException a user's error where it names none or several
    public Run find(String name) {
        var runs = list();
        var byName =
                runs.stream()
                        .filter(run -> (run.task() + "/" + run.candidate()).equals(name))
                        .filter(run -> rebasedFrom(run).isEmpty())
                        .findFirst();
        var byId = runs.stream().filter(run -> run.id().startsWith(name)).toList();
        if (byId.size() > 1 && byId.stream().noneMatch(run -> run.id().equals(name))) {
            throw SartorException.user(
                    "'"
                            + name
                            + "' begins the names of "
                            + byId.size()
                            + " runs: "
                            + String.join(", ", byId.stream().map(Run::id).toList())
                            + ". Write more of the one you mean.");
        }
        return byName.or(() -> byId.stream().filter(run -> run.id().equals(name)).findFirst())
                .or(() -> byId.stream().findFirst())
                .orElseThrow(() -> unknown(name, runs));
    }

    private SartorException unknown(String name, List<Run> runs) {
        var dropped = dropped(name);
        if (dropped.isPresent()) {
            return SartorException.user(
                    "there is no run '"
                            + name
                            + "': "
                            + dropped.get()
                            + " `racing: false` in "
                            + Project.FILE
                            + " has every candidate meet them.");
        }
        var known = runs.stream().map(run -> run.task() + "/" + run.candidate()).toList();
        return SartorException.user(
                "there is no run '"
                        + name
                        + "'."
                        + Nearest.hint(name, known)
                        + (runs.isEmpty()
                                ? " `sartor compare` makes some."
                                : " `sartor runs` lists them."));
    }

    /// Why the newest comparison dropped a candidate, where it did.
    ///
    /// @param name `task/candidate`
    private Optional<String> dropped(String name) {
        return comparison().stream()
                .flatMap(newest -> newest.tasks().stream())
                .flatMap(task ->
                        task.dropped().stream()
                                .filter(each -> name.equals(task.name() + "/" + each.name())))
                .map(ComparisonJson.DroppedJson::why)
                .findFirst();
    }

    /// The run that this one repeats on another model, while no comparison has found it; empty for all others.
    public Optional<String> rebasedFrom(Run run) {
        return at(run.id()).rebasedFrom();
    }

    /// The runs that the newest comparison of a task measured; empty where there is none.
    List<Run> compared(String task) {
        return candidates(task).map(each -> at(each.run()).readRun()).toList();
    }

    private Stream<ComparisonJson.CandidateJson> candidates(String task) {
        return comparison().stream()
                .flatMap(newest -> newest.tasks().stream())
                .filter(each -> each.name().equals(task))
                .flatMap(each -> each.candidates().stream())
                .filter(each -> at(each.run()).isFinished());
    }

    /// The same with their further trainings, as they stand now.
    private List<Measured> measured(TaskSettings task, Project project) {
        return candidates(task.name())
                .map(each ->
                        measured(at(each.run()).readRun(), project)
                                .trainedAgain(further(each), task.task()))
                .toList();
    }

    private List<Measured.Training> further(ComparisonJson.CandidateJson candidate) {
        return candidate.trainings().stream()
                .filter(each -> !each.run().equals(candidate.run()))
                .map(each -> seeds().at(each.run()))
                .filter(RunFolder::isFinished)
                .map(each -> new Measured.Training(each.readRun(), each.readAnswers()))
                .toList();
    }

    /// What the newest comparison found; empty where there is none yet.
    public Optional<ComparisonJson> comparison() {
        var newest = folder.resolve("comparison.json");
        return Files.isRegularFile(newest)
                ? Optional.of(RunJson.read(newest, ComparisonJson.class))
                : Optional.empty();
    }

    public List<StoredAnswer> answers(Run run) {
        return at(run.id()).readAnswers();
    }

    /// The run's figures, computed from its stored answers.
    ///
    /// @throws SartorException a user's error where the project has no such task any more
    public Measured measured(Run run, Project project) {
        var settings =
                project.task(run.task())
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " has no task '"
                                                + run.task()
                                                + "' any more, so the run "
                                                + run.id()
                                                + " cannot be judged: put the task back, or remove the run."));
        var remote = run.remote().flatMap(project::remote);
        return measured(run, settings.task(), project.costs(), remote)
                .with(Checks.read(at(run.id()).path()));
    }

    private Measured measured(Run run, Task task, Costs costs, Optional<Remote> remote) {
        var counted = Measured.of(run, answers(run), task, costs, remote);
        return Judged.read(at(run.id()).path())
                .filter(_ -> Metrics.isJudged(task))
                .map(counted::with)
                .orElse(counted);
    }

    /// What the newest comparison measured for a task, as its runs stand now; empty where there is none. Baselines are not among it.
    public Optional<TaskResult> standing(String task, Project project) {
        return project.task(task)
                .map(settings -> new MeasuredTask(settings, measured(settings, project)))
                .filter(found -> !found.measured().isEmpty())
                .map(found ->
                        TaskResult.of(
                                found.settings().task(),
                                new TaskResult.Candidates(found.measured(), List.of(), List.of()),
                                List.of(),
                                project.costs(),
                                List.of()));
    }

    private record MeasuredTask(TaskSettings settings, List<Measured> measured) {}

    /// The run as it lies in its folder.
    public static String json(Run run) {
        return RunJson.pretty(run);
    }

    /// The folder of the adapter that the run's candidate uses; empty where it uses none.
    public Optional<Path> adapter(Run run) {
        return run.adapter().map(folder::resolve);
    }

    /// The first run less the second, on the same test examples. The p-value is of this one comparison.
    public Pairing compare(Run first, Run second, Task task) {
        var pairs =
                Pairing.all(
                        task,
                        List.of(first, second).stream()
                                .map(run -> measured(run, task, Costs.none(), Optional.empty()))
                                .toList());
        return pairs.getFirst();
    }

    /// What was promised of each training example of the run's adapter; empty for nothing.
    public Optional<PrivacyRecord> privacy(Run run) {
        return adapter(run)
                .map(place -> place.resolve(Adapters.TRAINING))
                .filter(Files::isRegularFile)
                .flatMap(file -> RunJson.read(file, TunedAdapter.class).privacy());
    }

    /// Removes a run, and its adapter where no other run uses it.
    public void remove(Run run) {
        Trees.delete(folder.resolve(run.id()));
        var adapters = list().stream().flatMap(other -> other.adapter().stream()).toList();
        run.adapter()
                .filter(adapter -> !adapters.contains(adapter))
                .ifPresent(adapter -> Trees.delete(folder.resolve(adapter)));
    }

    /// The run that the newest comparison of the project would ship for a task, or its best where it would ship none.
    public Optional<Run> chosen(String task) {
        return comparison().stream()
                .flatMap(newest -> newest.tasks().stream())
                .filter(each -> each.name().equals(task))
                .findFirst()
                .flatMap(ComparisonJson.TaskJson::chosenRun)
                .filter(id -> at(id).isFinished())
                .map(id -> at(id).readRun());
    }

    /// Takes over what an earlier comparison says of tasks that this one left alone.
    void writeComparison(ComparisonJson comparison) {
        var merged = comparison().map(comparison::with).orElse(comparison);
        AtomicFile.write(folder.resolve("comparison.json"), RunJson.pretty(merged));
    }

    RunFolder at(String id) {
        return new RunFolder(folder.resolve(id));
    }

    Path adapterFolder(String id) {
        return folder.resolve(ADAPTERS).resolve(id);
    }

    Path searchFolder(String id) {
        return folder.resolve(SEARCHES).resolve(id);
    }

    /// How a run refers to the adapter that it uses.
    static String adapterName(String id) {
        return ADAPTERS + "/" + id;
    }
}
