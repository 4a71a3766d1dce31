package dev.sartor.compare;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.ModelReaders;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.cascade.CascadeResponder;
import dev.sartor.compare.confidence.ConfidentResponder;
import dev.sartor.compare.run.CascadeParts;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.core.text.Nearest;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Metrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A finished run's candidate, open to answer: its prompt, examples, passages and adapter as they were measured.
public final class Candidate implements AutoCloseable {
    private final Run run;
    private final Planned planned;
    private final Responder responder;
    private final Readers models;
    private final Runnable closing;

    /// @param models who may read what its models were made from
    private Candidate(
            Run run, Planned planned, Responder responder, Readers models, Runnable closing) {
        this.run = run;
        this.planned = planned;
        this.responder = responder;
        this.models = models;
        this.closing = closing;
    }

    /// @param folder the project's
    /// @throws SartorException a user's error where the project file or the training examples are no longer those that the
    ///     run was made with
    public static Candidate open(
            Project project, Path folder, Run run, Circumstances circumstances) {
        var planned = planned(project, run);
        refuseUnlessTheSame(run, planned);
        return run.setup()
                .cascade()
                .map(parts -> cascade(planned, folder, run, parts, circumstances))
                .orElseGet(() -> alone(planned, folder, run, circumstances));
    }

    private static Planned planned(Project project, Run run) {
        var settings =
                project.task(run.task())
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " has no task '"
                                                + run.task()
                                                + "', which the run "
                                                + run.id()
                                                + " is of."
                                                + Nearest.advice(run.task(), project.taskNames())));
        var remote =
                run.remote()
                        .flatMap(name ->
                                project.remotes().stream()
                                        .filter(each -> each.name().equals(name))
                                        .findFirst());
        var name = run.recipe().approach();
        var examples = TaskExamples.toServe(settings, Approach.of(name).showsTraining());
        return settled(
                measuredOn(new Planned(project, settings, examples, name, remote), run), run);
    }

    private static Candidate alone(
            Planned planned, Path folder, Run run, Circumstances circumstances) {
        var workbench = new Workbench(planned.project(), folder, circumstances);
        try {
            var model = workbench.model(planned, Runs.of(folder).adapter(run));
            var asked = workbench.around(planned, model, Choice.of(run.setup()));
            var responder = new ConfidentResponder(asked, planned.data().task(), run.setup());
            return new Candidate(
                    run,
                    planned,
                    responder,
                    ModelReaders.of(planned, circumstances.engines()),
                    () -> {
                        responder.close();
                        workbench.close();
                    });
        } catch (RuntimeException e) {
            workbench.close();
            throw e;
        }
    }

    /// Opens both parts as they were measured.
    private static Candidate cascade(
            Planned planned,
            Path folder,
            Run run,
            CascadeParts parts,
            Circumstances circumstances) {
        var project = planned.project();
        var first = open(project, folder, part(folder, run, parts.first()), circumstances);
        try {
            var second = open(project, folder, part(folder, run, parts.second()), circumstances);
            return new Candidate(
                    run,
                    planned,
                    new ConfidentResponder(
                            new CascadeResponder(
                                    first.responder, second.responder, parts.threshold()),
                            planned.data().task(),
                            run.setup()),
                    first.mayCall().and(second.mayCall()),
                    () -> {
                        first.close();
                        second.close();
                    });
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private static Run part(Path folder, Run cascade, String id) {
        var place = Runs.of(folder).at(id);
        if (!place.isFinished()) {
            throw SartorException.user(
                    "the run "
                            + id
                            + ", which the cascade "
                            + cascade.id()
                            + " is made of, is gone. Run `sartor compare` again.");
        }
        return place.readRun();
    }

    /// On the further model that the run was measured on, where it was one.
    private static Planned measuredOn(Planned planned, Run run) {
        var model = run.recipe().model();
        boolean isFurther = run.remote().isEmpty() && planned.name().usesModel();
        return isFurther && planned.project().models().contains(model)
                ? planned.on(model)
                : planned;
    }

    /// With the model and the settings that a search had found when the run was made.
    private static Planned settled(Planned planned, Run run) {
        var tune = planned.settings().tune();
        var search = tune.search();
        if (search.isEmpty() || !run.recipe().approach().isTuned()) {
            return planned;
        }
        var made = run.recipe().settings().get("tune") instanceof Map<?, ?> map ? map : Map.of();
        var found = new LinkedHashMap<String, String>();
        for (var each : search.get().space().dimensions()) {
            Optional.ofNullable(made.get(each.name()))
                    .ifPresent(value -> found.put(each.name(), text(value)));
        }
        var model = run.recipe().model();
        return (search.get().models().contains(model) ? planned.on(model) : planned)
                .with(tune.with(found));
    }

    /// As in the project file, where words have hyphens.
    private static String text(Object value) {
        return value instanceof String word
                ? word.replace('_', '-').toLowerCase(Locale.ROOT)
                : value.toString();
    }

    private static void refuseUnlessTheSame(Run run, Planned planned) {
        // Written and read once, as the run's was: numbers in it then have the same types.
        var now = RunJson.line(RunJson.settings(planned.recipe()));
        var isSame =
                now.equals(RunJson.line(RunJson.settings(run.recipe())))
                        && planned.template().version().equals(run.digests().get("prompt"))
                        && planned.data()
                                .digest("train")
                                .map(digest -> digest.equals(run.digests().get("train")))
                                .orElse(true);
        if (!isSame) {
            throw SartorException.user(
                    "the run "
                            + run.id()
                            + " was made with other settings or training examples than "
                            + Project.FILE
                            + " names now. Run `sartor compare` again, or take the change back.");
        }
    }

    public Run run() {
        return run;
    }

    /// Who may be answered by it: whoever may read all that the run is made of, and what its models say of themselves now.
    public Readers mayCall() {
        return run.mayCall().and(models);
    }

    public Task task() {
        return planned.data().task();
    }

    /// Answers as it was measured. Lives as long as the candidate.
    public Responder responder() {
        return responder;
    }

    /// Who may be told how it does on the validation split.
    public Readers mayMeasure() {
        return TaskExamples.validation(planned.settings()).stream()
                .map(Example::readers)
                .reduce(mayCall(), Readers::and);
    }

    /// The score on the validation split, now.
    public Score validate(Progress progress) {
        var examples = TaskExamples.validation(planned.settings());
        if (examples.isEmpty()) {
            throw SartorException.user(
                    "task '"
                            + run.task()
                            + "' must name a validation file to be evaluated on: set 'validation' in "
                            + Project.FILE);
        }
        var form = task().form();
        var questions = examples.stream().map(example -> Question.of(example, form)).toList();
        var answers = responder.answer(questions, progress);
        return Scores.score(Metrics.of(task()), Adapters.predictions(examples, answers));
    }

    @Override
    public void close() {
        closing.run();
    }
}
