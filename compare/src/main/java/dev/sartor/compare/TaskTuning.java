package dev.sartor.compare;

import dev.sartor.core.Problems;
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
        var planned = planned(task);
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var trained = adapters(workbench).of(planned, digests());
            return new Outcome(trained.folder(), trained.adapter());
        }
    }

    /// What a training would do, and why.
    ///
    /// @param validation examples that each measurement answers
    /// @param isTrained whether the adapter is there already, so that nothing would be done
    public record Explanation(
            TuningRequest request,
            Engines.Plan plan,
            int validation,
            Costs costs,
            boolean isTrained) {
        /// What the training costs at the project's price of a machine's hour.
        public double cost() {
            return plan.training().seconds() / 3600 * costs.machineHour();
        }
    }

    /// Reads the data and loads the model, and trains nothing.
    public Explanation explain(String task) {
        var planned = planned(task);
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var explained = adapters(workbench).explained(planned, digests());
            return new Explanation(
                    explained.request(),
                    circumstances.engines().plan(explained.request(), explained.validation()),
                    explained.validation(),
                    project.costs(),
                    explained.isTrained());
        }
    }

    private Adapters adapters(Workbench workbench) {
        return new Adapters(Runs.of(folder), workbench, circumstances);
    }

    private Map<String, String> digests() {
        return Map.of("model", circumstances.engines().digest(project.model()));
    }

    private Planned planned(String task) {
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
        var problems = new Problems();
        var data = TaskExamples.read(settings, problems);
        LearnedLabels.check(project, settings, data, problems);
        problems.throwIfAny();
        return Planned.of(project, settings, data).stream()
                .filter(each -> each.name() == ApproachName.TUNE)
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "task '"
                                        + task
                                        + "' does not try the approach 'tune': add it to"
                                        + " 'approaches' in "
                                        + Project.FILE));
    }
}
