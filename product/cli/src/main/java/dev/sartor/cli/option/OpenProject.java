package dev.sartor.cli.option;

import dev.sartor.cli.console.Version;
import dev.sartor.compare.Candidate;
import dev.sartor.compare.ProjectLock;
import dev.sartor.compare.Runs;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.run.Run;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.model.Precision;
import dev.sartor.project.Project;
import dev.sartor.training.LocalEngines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/// A project with the engines of this process behind it. Closing frees the models.
public final class OpenProject implements AutoCloseable {
    private final Project project;
    private final Path folder;
    private final LocalEngines engines;
    private final Composition composition;

    private OpenProject(
            Project project, Path folder, LocalEngines engines, Composition composition) {
        this.project = project;
        this.folder = folder;
        this.engines = engines;
        this.composition = composition;
    }

    public static OpenProject open(ProjectOption option, Composition composition) {
        return open(option, new WeightsOption(), composition);
    }

    /// @param weights how the model is held in place of what the project says
    public static OpenProject open(
            ProjectOption option, WeightsOption weights, Composition composition) {
        var project = option.read();
        return of(project, weights.or(project.weights()), option.absolute(), composition);
    }

    /// Other settings than those of the folder's `sartor.yaml`.
    public static OpenProject of(Project project, Path folder, Composition composition) {
        return of(project, project.weights(), folder, composition);
    }

    private static OpenProject of(
            Project project, Precision weights, Path folder, Composition composition) {
        var engines =
                new LocalEngines(
                        composition.hub(project.use()),
                        composition.console(),
                        weights,
                        composition.weights());
        return new OpenProject(project, folder, engines, composition);
    }

    public Project project() {
        return project;
    }

    public Path folder() {
        return folder;
    }

    public LocalEngines engines() {
        return engines;
    }

    public Circumstances around(Cancellation cancellation) {
        return new Circumstances(
                engines,
                keys()::value,
                composition.console(),
                cancellation,
                Clock.system(ZoneId.systemDefault()),
                new Version().sartor());
    }

    /// Whether the remote models' keys may be sent is asked before anything is done.
    ///
    /// @throws SartorException a user's error where one may not
    public void askForKeys() {
        project.remotes().stream()
                .flatMap(remote -> remote.apiKeyEnv().stream())
                .distinct()
                .forEach(keys()::value);
    }

    private RemoteKeys keys() {
        return new RemoteKeys(project, folder, composition, System.getenv());
    }

    /// The right to write the project's runs, for a command that does.
    ///
    /// @param command such as `compare`
    public ProjectLock lock(String command) {
        return lock(folder, command);
    }

    /// @param folder a project's
    public static ProjectLock lock(Path folder, String command) {
        return ProjectLock.take(folder, "sartor " + command, Clock.systemUTC());
    }

    /// The candidate of the run that is meant, ready to answer. The caller closes it.
    public Candidate candidate(Optional<String> named, Cancellation cancellation) {
        return candidate(named, new AskerOptions(), cancellation);
    }

    /// @param asker refused before anything is loaded where he may not read all that the run is made of
    public Candidate candidate(
            Optional<String> named, AskerOptions asker, Cancellation cancellation) {
        var run = run(named);
        asker.require(run.mayCall(), run.id());
        return Candidate.open(project, folder, run, around(cancellation));
    }

    /// The run that is meant: by its name, or what the newest comparison chose for the task, or for the only task.
    private Run run(Optional<String> named) {
        var runs = Runs.of(folder);
        if (named.isPresent() && project.task(named.get()).isEmpty()) {
            return runs.find(named.get());
        }
        var task = named.orElseGet(this::onlyTask);
        return runs.chosen(task)
                .orElseThrow(() ->
                        SartorException.user(
                                "task '"
                                        + task
                                        + "' has no candidate yet: run `sartor compare`"
                                        + " first, or name a run from `sartor runs list`."));
    }

    private String onlyTask() {
        var names = project.taskNames();
        if (names.size() > 1) {
            throw SartorException.user(
                    "the project has "
                            + names.size()
                            + " tasks: name one of "
                            + String.join(", ", names)
                            + ", or a run from `sartor runs list`.");
        }
        return names.getFirst();
    }

    @Override
    public void close() {
        engines.close();
    }
}
