package dev.sartor.compare;

import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Scores;
import java.nio.file.Path;
import java.util.List;

/// A finished run's candidate, open to answer: its prompt, examples, passages and adapter as they were measured.
public final class Candidate implements AutoCloseable {
    private final Run run;
    private final Planned planned;
    private final Workbench workbench;
    private final Responder responder;

    private Candidate(Run run, Planned planned, Workbench workbench, Responder responder) {
        this.run = run;
        this.planned = planned;
        this.workbench = workbench;
        this.responder = responder;
    }

    /// @param folder the project's
    /// @throws SartorException a user's error when the project no longer has what the run was made of
    public static Candidate open(Project project, Path folder, Run run, Surroundings surroundings) {
        var settings =
                project.task(run.task())
                        .orElseThrow(() ->
                                SartorException.user(
                                        "run "
                                                + run.id()
                                                + " is of the task '"
                                                + run.task()
                                                + "', which "
                                                + Project.FILE
                                                + " no longer has: put the task back, or run `sartor compare` again"));
        var data = TaskData.read(settings);
        var planned =
                Planned.of(project, settings, data).stream()
                        .filter(each -> each.candidate().equals(run.candidate()))
                        .findFirst()
                        .orElseThrow(() ->
                                SartorException.user(
                                        "run "
                                                + run.id()
                                                + " is of the candidate '"
                                                + run.candidate()
                                                + "', which "
                                                + Project.FILE
                                                + " no longer tries: put its approach back, or run"
                                                + " `sartor compare` again"));
        var workbench = new Workbench(project, folder, surroundings);
        try {
            var model = workbench.model(planned, Runs.of(folder).adapter(run));
            var responder = workbench.around(planned, model, run.setup().chosen());
            return new Candidate(run, planned, workbench, responder);
        } catch (RuntimeException e) {
            workbench.close();
            throw e;
        }
    }

    public Run run() {
        return run;
    }

    public Task task() {
        return planned.data().task();
    }

    /// Answers as it was measured. Lives as long as the candidate.
    public Responder responder() {
        return responder;
    }

    /// The score on the validation split, now.
    public Score validate(Progress progress) {
        var examples = planned.data().validation();
        if (examples.isEmpty()) {
            throw SartorException.user(
                    "task '"
                            + run.task()
                            + "' must name a validation file to be evaluated on: set"
                            + " 'validation' in "
                            + Project.FILE);
        }
        var form = task().form();
        List<Question> questions =
                examples.stream().map(example -> Question.of(example, form)).toList();
        var answers = responder.answer(questions, progress);
        return Scores.score(Metrics.of(task()), Adapters.predictions(examples, answers));
    }

    @Override
    public void close() {
        responder.close();
        workbench.close();
    }
}
