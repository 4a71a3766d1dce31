package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Makes a recorded run again on another model, with everything else as it was, and measures both on the same test examples.
/// The new run lies beside the old one, which stays as it is; it is the project's own once a comparison finds it.
public final class Rebase {
    private final Recorded recorded;
    private final Project project;
    private final Circumstances circumstances;

    private Rebase(Recorded recorded, Project project, Circumstances circumstances) {
        this.recorded = recorded;
        this.project = project;
        this.circumstances = circumstances;
    }

    /// The recorded project with another model.
    ///
    /// @throws SartorException a user's error where what was recorded has no model to change, or needs files that are gone
    public static Project project(Recorded recorded, String model) {
        if (recorded.run().isEmpty()) {
            throw SartorException.user(
                    recorded.id()
                            + " was trained and not measured on test examples, so that there is nothing to compare a new"
                            + " model with: name a run from `sartor runs list`.");
        }
        var old =
                recorded.madeOf()
                        .base()
                        .orElseThrow(() ->
                                SartorException.user(
                                        recorded.id()
                                                + " is answered by a remote model: change 'model' of that remote in "
                                                + Project.FILE
                                                + " and run `sartor compare`."));
        if (old.model().equals(model)) {
            throw SartorException.user(
                    "--model must be another model than the run's own, got "
                            + model
                            + ": `sartor runs repeat "
                            + recorded.id()
                            + "` makes it again as it was.");
        }
        recorded.project(); // says what is gone
        var settings = new LinkedHashMap<>(recorded.madeOf().settings());
        settings.put("model", model);
        return ProjectFile.recorded(
                settings, recorded.folder(), recorded.place().resolve(Provenance.FILE).toString());
    }

    /// @param project as {@link #project} says, for which the engines were opened
    public static Rebase of(Recorded recorded, Project project, Circumstances circumstances) {
        return new Rebase(recorded, project, circumstances);
    }

    /// Both runs, and what changed from the old to the new one.
    ///
    /// @param difference of the scores, the new less the old
    /// @param said what else is no longer as it was, a sentence each
    public record Outcome(Task task, Side old, Side now, Pairing difference, List<String> said) {
        public Outcome {
            said = List.copyOf(said);
        }
    }

    /// One of the two.
    ///
    /// @param perThousand what 1,000 answers cost at the project's present prices and volume
    public record Side(Measured measured, Provenance.BaseModel base, double perThousand) {
        public Run run() {
            return measured.run();
        }
    }

    /// @param costs the present ones, for both
    /// @param anyway whether to go on where something besides the model has changed
    public Outcome run(Costs costs, boolean anyway) {
        var runs = Runs.of(recorded.folder());
        var old = recorded.run().orElseThrow();
        try (var workbench = new Workbench(project, recorded.folder(), circumstances)) {
            var planned = Repetition.planned(project, recorded);
            if (Metrics.isJudged(planned.data().task())) {
                throw SartorException.user(
                        "a rebase measures by a formula, and the task of "
                                + old.id()
                                + " is measured by a judge: add the model under 'models' in "
                                + Project.FILE
                                + " and run `sartor compare`.");
            }
            var said = changes(planned, workbench, anyway);
            var machine = Machine.here(circumstances.engines().gflops());
            var maker = new RunMaker(runs, workbench, circumstances, machine);
            var made = maker.rebased(planned, old.id());
            var task = planned.data().task();
            var difference = runs.compare(made.run(), old, task);
            return new Outcome(
                    task,
                    side(old, runs, task, costs),
                    side(made.run(), runs, task, costs),
                    difference,
                    said);
        }
    }

    private Side side(Run run, Runs runs, Task task, Costs costs) {
        var measured = Measured.of(run, runs.answers(run), task, costs, Optional.empty());
        var base =
                Recorded.read(run.id(), runs.at(run.id()).path())
                        .base()
                        .orElseThrow(
                                () -> SartorException.defect(run.id() + " does not say its model"));
        return new Side(measured, base, measured.cost().perThousand(costs.volumePerMonth()));
    }

    /// What changes the result refuses the rebase; what changes speed and last bits alone is said.
    private List<String> changes(Planned planned, Workbench workbench, boolean anyway) {
        var changes = new Changes(recorded);
        var digests =
                new HashMap<>(Repetition.digests(planned, workbench, circumstances.engines()));
        digests.put("model", recorded.madeOf().digests().getOrDefault("model", "")); // is to change
        refuseOtherTestRows(planned);
        var all = new ArrayList<>(changes.files());
        all.addAll(changes.digests(digests));
        if (!all.isEmpty() && !anyway) {
            throw SartorException.user(
                    "a rebase changes the model alone, and since "
                            + recorded.id()
                            + " was made something else has changed:\n  "
                            + String.join("\n  ", all)
                            + "\nPut it back, or go on with what is there now: --anyway.");
        }
        changes.by(Provenance.By.now(circumstances))
                .forEach(change ->
                        all.add(change + " Seconds and memory are compared across that."));
        Progress progress = circumstances.progress();
        all.forEach(progress::say);
        return all;
    }

    /// Pairs are of the same rows: no wish changes that.
    private void refuseOtherTestRows(Planned planned) {
        var was =
                recorded.madeOf().files().stream()
                        .filter(file -> file.role().equals("test"))
                        .map(Provenance.Source::sha256)
                        .findFirst();
        if (!was.equals(planned.data().digest("test"))) {
            throw SartorException.user(
                    "the test examples are others than those that "
                            + recorded.id()
                            + " answered ("
                            + String.join(" ", new Changes(recorded).files())
                            + "): put them back, or measure the old model on the new ones with `sartor compare` first.");
        }
    }
}
