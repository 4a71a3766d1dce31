package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.LearnedLabels;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.builtin.Tuning;
import dev.sartor.compare.verdict.ModelTrial;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.SearchSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Trains a task's adapter alone, without testing it. A comparison finds it and does not train it again.
public final class TaskTuning {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;
    private final Map<String, String> asked;

    /// @param folder the project's
    public TaskTuning(Project project, Path folder, Circumstances circumstances) {
        this(project, folder, circumstances, Map.of());
    }

    /// @param asked settings of the section `tune` in place of the project file's, as YAML by their keys
    public TaskTuning(
            Project project, Path folder, Circumstances circumstances, Map<String, String> asked) {
        this.asked = Map.copyOf(asked);
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
    }

    /// @param folder holds the adapter as a PEFT directory
    /// @param search how its settings were found; empty where they stand in the project file
    /// @param models that it was chosen among; empty where there was no choice
    public record Outcome(
            Path folder,
            TunedAdapter adapter,
            Optional<SearchOutcome> search,
            List<ModelTrial> models) {
        public Outcome {
            models = List.copyOf(models);
        }

        Outcome(Path folder, TunedAdapter adapter) {
            this(folder, adapter, Optional.empty(), List.of());
        }
    }

    /// The trained adapter; found where it is finished, gone on with where it was stopped. Where its settings are to be
    /// searched for, the adapter with the best of them.
    public Outcome run(String task) {
        return run(task, Optional.empty());
    }

    /// The same, or an adapter of its own that learned canaries as well: the one that is used has none.
    ///
    /// @param canaries planted beside the training examples; in no file of theirs
    public Outcome run(String task, Optional<Canaries> canaries) {
        var planned = planned(task);
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var adapters = adapters(workbench);
            if (planned.settings().tune().search().isEmpty()) {
                var trained = adapters.of(planned, digests(planned), canaries);
                return new Outcome(trained.folder(), trained.adapter());
            }
            var found =
                    new ModelSearch(Runs.of(folder), adapters, workbench, circumstances, planned)
                            .run();
            var trained = adapters.of(found.planned(), digests(found.planned()), canaries);
            return new Outcome(trained.folder(), trained.adapter(), found.search(), found.models());
        }
    }

    private TaskSearch search(Adapters adapters, Planned planned) {
        return new TaskSearch(adapters, circumstances, planned, digests(planned));
    }

    /// What a training would do, and why.
    ///
    /// @param validation examples that each measurement answers
    /// @param isTrained whether the adapter is there already, so that nothing would be done
    /// @param search the search for its settings as far as it came; empty where they stand in the project file
    /// @param models that each would be tuned so, the first of which is told of; empty where there is no choice
    public record Explanation(
            TuningRequest request,
            Engines.Plan plan,
            int validation,
            Costs costs,
            boolean isTrained,
            Optional<SearchOutcome> search,
            List<String> models) {
        public Explanation {
            models = List.copyOf(models);
        }

        /// What the training costs at the project's price of a machine's hour, of each machine.
        public double cost() {
            return plan.training().seconds() / 3600 * costs.machineHour() * plan.ranks().machines();
        }
    }

    /// Reads the data and loads the model, and trains nothing. Of several models to search among the first is told of.
    public Explanation explain(String task) {
        var named = planned(task);
        var tune = named.settings().tune();
        var models = tune.search().map(SearchSettings::models).orElse(List.of());
        var planned = models.isEmpty() ? named : named.on(models.getFirst());
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var adapters = adapters(workbench);
            var search =
                    tune.search()
                            .filter(each -> !each.space().dimensions().isEmpty())
                            .map(_ -> search(adapters, planned));
            var found = search.flatMap(TaskSearch::found);
            var explained = adapters.explained(found.orElse(planned), digests(planned));
            return new Explanation(
                    explained.request(),
                    circumstances.engines().plan(explained.request(), explained.validation()),
                    explained.validation(),
                    project.costs(),
                    explained.isTrained() && (search.isEmpty() || found.isPresent()),
                    search.map(TaskSearch::standing),
                    models);
        }
    }

    /// What {@link #run} trains, for the other ranks of that training. Reads the data, and trains nothing.
    public TuningRequest request(String task) {
        var planned = planned(task);
        refuseSearch(planned);
        try (var workbench = new Workbench(project, folder, circumstances)) {
            return adapters(workbench).explained(planned, digests(planned)).request();
        }
    }

    /// @throws SartorException a user's error where the task's settings are to be searched for: a search has one rank
    public void refuseSearch(String task) {
        refuseSearch(planned(task));
    }

    private static void refuseSearch(Planned planned) {
        if (planned.settings().tune().search().isPresent()) {
            throw SartorException.user(
                    "--ranks must be 1 where settings are searched for: leave it out, or take `search` out of the tune section of task '"
                            + planned.settings().name()
                            + "' or of the project, and write the settings that a search found.");
        }
    }

    private Planned asAsked(Planned planned) {
        if (asked.isEmpty()) {
            return planned;
        }
        var tune = planned.settings().tune();
        if (tune.search().isPresent()) {
            throw SartorException.user(
                    "--dp-epsilon must be left out where settings are searched for: take `search` out of the tune section of"
                            + " task '"
                            + planned.settings().name()
                            + "' or of the project, as every trial learns from the examples, and the promise would count"
                            + " one of them.");
        }
        return planned.with(tune.with(asked));
    }

    private Adapters adapters(Workbench workbench) {
        return new Adapters(Runs.of(folder), workbench, circumstances);
    }

    Map<String, String> digests(Planned planned) {
        var model = planned.project().model();
        return Map.of("model", circumstances.engines().digest(model));
    }

    /// As the project file states its training; a search may find other settings.
    Planned planned(String task) {
        var settings =
                project.task(task)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "there is no task '"
                                                + task
                                                + "' in "
                                                + Project.FILE
                                                + "."
                                                + Nearest.advice(task, project.taskNames())));
        var problems = new Problems();
        var data = TaskExamples.read(settings, problems);
        LearnedLabels.check(project, settings, data, problems);
        problems.throwIfAny();
        return Planned.of(project, settings, data).stream()
                .filter(each -> each.name().wireName().equals(Tuning.NAME))
                .findFirst()
                .map(this::asAsked)
                .orElseThrow(() ->
                        SartorException.user(
                                "task '"
                                        + task
                                        + "' does not try the approach 'tune': add it to"
                                        + " 'approaches' in "
                                        + Project.FILE));
    }
}
