package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.ModelReaders;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.RunPlan;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.cascade.CascadeResponder;
import dev.sartor.compare.confidence.ConfidentResponder;
import dev.sartor.compare.run.CascadeParts;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Metrics;
import dev.sartor.prompt.version.PromptContent;
import java.nio.file.Path;
import java.util.Optional;

/// A finished run's candidate, open to answer: its prompt, examples, passages and adapter as they were measured. Where the
/// project file names a version of the prompt, the candidate has that one, unless it was trained with another.
public final class Candidate implements AutoCloseable {
    private final Run run;
    private final Planned planned;
    private final Responder responder;
    private final Readers models;
    private final Optional<PromptSwap> swap;
    private final Runnable closing;

    /// @param models who may read what its models were made from, and its prompt
    private Candidate(
            Run run,
            Planned planned,
            Responder responder,
            Readers models,
            Optional<PromptSwap> swap,
            Runnable closing) {
        this.run = run;
        this.planned = planned;
        this.responder = responder;
        this.models = models;
        this.swap = swap;
        this.closing = closing;
    }

    /// @param folder the project's
    /// @throws SartorException a user's error where the project file or the training examples are no longer those that the
    ///     run was made with
    public static Candidate open(
            Project project, Path folder, Run run, Circumstances circumstances) {
        return open(project, folder, run, circumstances, false);
    }

    /// @param asMeasured whether it has the prompt that it was measured with, whichever the project file names
    private static Candidate open(
            Project project,
            Path folder,
            Run run,
            Circumstances circumstances,
            boolean asMeasured) {
        var plan = new RunPlan(run, folder);
        var named = plan.of(project);
        boolean swaps = named.swapsPrompt() && !asMeasured;
        var planned = swaps ? named : plan.underMeasuredPrompt(named);
        plan.refuseUnlessTheSame(planned, swaps);
        if (run.setup().cascade().isPresent()) {
            return cascade(planned, folder, run, run.setup().cascade().get(), circumstances);
        }
        return alone(planned, folder, run, swaps, circumstances);
    }

    private static Candidate alone(
            Planned planned, Path folder, Run run, boolean swaps, Circumstances circumstances) {
        var workbench = new Workbench(planned.project(), folder, circumstances);
        try {
            var model = workbench.model(planned, Runs.of(folder).adapter(run));
            var swap =
                    swaps
                            ? Optional.of(new PromptSwap(planned, run, folder, workbench, model))
                            : Optional.<PromptSwap>empty();
            var versioned = swap.filter(_ -> planned.settings().isVersioned());
            var responder =
                    versioned
                            .map(each -> each.open(planned.prompt()))
                            .orElseGet(() ->
                                    new ConfidentResponder(
                                            workbench.around(
                                                    planned, model, Choice.of(run.setup())),
                                            planned.data().task(),
                                            run.setup()));
            return new Candidate(
                    run,
                    planned,
                    responder,
                    ModelReaders.of(planned, circumstances.engines())
                            .and(
                                    versioned
                                            .map(each -> each.readers(planned.prompt()))
                                            .orElse(Readers.everyone())),
                    swap,
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
        // How sure the first must be was chosen with the prompts that were measured.
        var first = open(project, folder, part(folder, run, parts.first()), circumstances, true);
        try {
            var second =
                    open(project, folder, part(folder, run, parts.second()), circumstances, true);
            return new Candidate(
                    run,
                    planned,
                    new ConfidentResponder(
                            new CascadeResponder(
                                    first.responder, second.responder, parts.threshold()),
                            planned.data().task(),
                            run.setup()),
                    first.mayCall().and(second.mayCall()),
                    Optional.empty(),
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

    public Run run() {
        return run;
    }

    /// What the prompt says that it answers with; empty where no model is shown one, and for a cascade, whose parts have theirs.
    public Optional<PromptContent> prompt() {
        return planned.name().usesModel() ? Optional.of(planned.prompt()) : Optional.empty();
    }

    /// Whether it can have other versions of its prompt, and takes up one that is promoted; nothing was trained with it.
    public boolean swapsPrompt() {
        return swap.isPresent();
    }

    /// Whether the promoted version of the prompt counts for it, whichever it is: not where it was chosen with another one, or the
    /// project file names one.
    public boolean followsPromoted() {
        return planned.settings().followsPromoted();
    }

    /// Whether a run measured it with this version; then what validation chose there holds.
    public boolean isMeasured(PromptContent version) {
        return swap.map(each -> each.isMeasured(version)).orElse(true);
    }

    /// The same candidate under another version of its prompt. It lives as long as the candidate, and is not closed.
    ///
    /// @throws SartorException a user's error where it cannot have another, or the task needs a measurement of the version first
    public Responder under(PromptContent version) {
        return swap.orElseThrow(() -> fixedPrompt()).open(version);
    }

    /// Who may be answered by it under another version.
    public Readers mayCall(PromptContent version) {
        return mayCall().and(swap.map(each -> each.readers(version)).orElse(version.readers()));
    }

    /// Why it has the prompt that it has, for good.
    public SartorException fixedPrompt() {
        return SartorException.user(
                "the candidate "
                        + run.candidate()
                        + " of task '"
                        + run.task()
                        + "' "
                        + (planned.name().isTuned()
                                ? "was trained with its prompt"
                                : planned.name().combines()
                                        ? "is a cascade, chosen with its parts' prompts"
                                        : "shows no model a prompt")
                        + ", and no other version is taken up by it: `sartor compare "
                        + run.task()
                        + "` measures it with the one that sartor.yaml names.");
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

    /// @param readers who may be told the score: with rows that name their askers, whoever may read what these were shown
    public record Validated(Score score, Readers readers) {}

    /// The score on the validation split, now.
    public Validated validate(Progress progress) {
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
        var readers = mayMeasure();
        for (int i = 0; i < answers.size(); i++) {
            if (examples.get(i).asker().isPresent()) {
                for (var passage : answers.get(i).passages()) {
                    readers = readers.and(passage.readers());
                }
            }
        }
        return new Validated(
                Scores.score(Metrics.of(task()), Adapters.predictions(examples, answers)), readers);
    }

    @Override
    public void close() {
        closing.run();
    }
}
