package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.RunPlan;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.PlantedRows;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Example;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a task's adapter learned from, and what it did not, as its model is asked: for whoever measures what it gives away.
///
/// @param model that the adapter is for
/// @param adapter its folder
/// @param canaried the folder of a training with canaries of the same recipe, which may be the adapter's own; empty without one
/// @param train the examples that were learned
/// @param heldOut the test examples, which neither were learned nor chose anything
/// @param canaries each of the canaried training's once, in their order
/// @param readers who may read all of these
public record LearnedRows(
        String model,
        Path adapter,
        Optional<Path> canaried,
        List<Example> train,
        List<Example> heldOut,
        List<Example> canaries,
        Readers readers) {
    public LearnedRows {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
        canaries = List.copyOf(canaries);
    }

    /// Of a run of the project.
    ///
    /// @throws SartorException a user's error where it uses no adapter, or the project file or the examples are no longer those
    ///     that it was made with
    public static LearnedRows of(
            Project project, Path folder, Run run, Circumstances circumstances) {
        var adapter =
                Runs.of(folder)
                        .adapter(run)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "the run "
                                                + run.id()
                                                + " learned from no row: nothing was trained for it. Name a tuned one, see"
                                                + " `sartor runs list`."));
        var plan = new RunPlan(run, folder);
        var planned = plan.underMeasuredPrompt(plan.of(project));
        plan.refuseUnlessTheSame(planned, false);
        return of(planned, folder, adapter, circumstances);
    }

    /// Of a task's training, whether or not a comparison took it up.
    ///
    /// @throws SartorException a user's error where it was not trained
    public static LearnedRows of(
            Project project, Path folder, String task, Circumstances circumstances) {
        var tuning = new TaskTuning(project, folder, circumstances);
        var planned = tuning.planned(task);
        if (planned.settings().tune().search().isPresent()) {
            throw SartorException.user(
                    "the settings of task '"
                            + task
                            + "' are searched for, so that it has several trainings: name a run of `sartor runs list`.");
        }
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var adapters = new Adapters(Runs.of(folder), workbench, circumstances);
            var plain = adapters.folder(planned, tuning.digests(planned));
            var trained = isTrained(plain) ? Optional.of(plain) : twin(plain);
            return of(
                    planned,
                    folder,
                    trained.orElseThrow(() ->
                            SartorException.user(
                                    "task '"
                                            + task
                                            + "' was not tuned as "
                                            + Project.FILE
                                            + " says now: `sartor tune "
                                            + task
                                            + "` does that.")),
                    circumstances);
        }
    }

    private static Optional<Path> twin(Path plain) {
        return PlantedRows.twin(plain, Adapters.TRAINING);
    }

    private static boolean isTrained(Path folder) {
        return Files.isRegularFile(folder.resolve(Adapters.TRAINING));
    }

    private static LearnedRows of(
            Planned opened, Path folder, Path adapter, Circumstances circumstances) {
        var data = TaskExamples.read(opened.settings());
        var planned =
                new Planned(
                        opened.project(),
                        opened.settings(),
                        data,
                        opened.name(),
                        opened.remote(),
                        opened.variant());
        var canaried = Canaries.read(adapter).map(_ -> adapter).or(() -> twin(adapter));
        var canaries =
                canaried.flatMap(Canaries::read)
                        .map(each -> PlantedRows.examples(each.planted()))
                        .orElse(List.of());
        try (var workbench = new Workbench(planned.project(), folder, circumstances)) {
            var adapters = new Adapters(Runs.of(folder), workbench, circumstances);
            return new LearnedRows(
                    planned.project().model(),
                    adapter,
                    canaried,
                    adapters.asked(planned, data.train()),
                    adapters.asked(planned, data.test()),
                    adapters.asked(planned, canaries),
                    data.test().stream()
                            .map(Example::readers)
                            .reduce(ReadersFile.ofModel(adapter), Readers::and));
        }
    }
}
