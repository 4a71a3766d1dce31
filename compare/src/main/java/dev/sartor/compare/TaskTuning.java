package dev.sartor.compare;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.Map;

/// Trains a task's adapter alone, without testing it. A comparison finds it and does not train it again.
public final class TaskTuning {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;

    /// @param folder the project's
    public TaskTuning(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
    }

    /// @param folder holds the adapter as a PEFT directory
    public record Outcome(Path folder, TunedAdapter adapter) {}

    /// The trained adapter; found where it is finished, gone on with where it was stopped.
    public Outcome run(String task) {
        var settings =
                project.task(task)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "there is no task '"
                                                + task
                                                + "' in "
                                                + Project.FILE
                                                + "."
                                                + Known.advice(task, project.taskNames())));
        var planned =
                Planned.of(project, settings, TaskExamples.read(settings)).stream()
                        .filter(each -> each.name() == ApproachName.TUNE)
                        .findFirst()
                        .orElseThrow(() ->
                                SartorException.user(
                                        "task '"
                                                + task
                                                + "' does not try the approach 'tune': add it to"
                                                + " 'approaches' in "
                                                + Project.FILE));
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var digests = Map.of("model", circumstances.engines().digest(project.model()));
            var trained =
                    new Adapters(Runs.of(folder), workbench, circumstances).of(planned, digests);
            return new Outcome(trained.folder(), trained.adapter());
        }
    }
}
