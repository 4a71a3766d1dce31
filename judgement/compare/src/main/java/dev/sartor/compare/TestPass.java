package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.confidence.LabelConfidence;
import dev.sartor.compare.confidence.ScopeRule;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.List;

/// One candidate's one pass over the test examples. What is answered is kept as it comes, so that a killed pass goes on.
final class TestPass {
    /// Large enough for full batches, small enough to lose little.
    private static final int CHUNK = 64;

    private final Task task;
    private final List<Example> examples;
    private final boolean speaks;
    private final Run.Setup setup;
    private final RunFolder folder;
    private final Circumstances circumstances;

    /// @param setup what validation chose
    TestPass(Planned planned, Run.Setup setup, RunFolder folder, Circumstances circumstances) {
        this.setup = setup;
        this.task = planned.data().task();
        this.examples = planned.data().test();
        this.speaks = planned.name().writesText();
        this.folder = folder;
        this.circumstances = circumstances;
    }

    List<StoredAnswer> run(Responder candidate, String name) {
        var answers = new ArrayList<>(folder.readPart());
        try (var step =
                circumstances
                        .progress()
                        .begin(task.name() + ": testing " + name, examples.size(), "answers")) {
            step.advance(answers.size());
            while (answers.size() < examples.size()) {
                refuseToGoOnIfAsked();
                var chunk =
                        examples.subList(
                                answers.size(), Math.min(answers.size() + CHUNK, examples.size()));
                answers.addAll(answered(candidate, chunk));
                folder.writePart(answers);
                step.advance(chunk.size());
                step.note(Figures.score(mean(answers)));
            }
        }
        return answers;
    }

    /// A classification is asked for its label and, where a model can write one, for free text in one go: the prompt is computed
    /// once for both.
    private List<StoredAnswer> answered(Responder candidate, List<Example> chunk) {
        var questions = new ArrayList<>(asked(chunk, task.form()));
        boolean free = task.isClassification() && speaks;
        if (free) {
            questions.addAll(asked(chunk, new AnswerForm.FreeText(task.maxAnswerTokens())));
        }
        var answers = candidate.answer(questions, told());
        var chosen = answers.subList(0, chunk.size());
        var values = Metrics.of(task).perExample(Adapters.predictions(chunk, chosen));
        var labels = new LabelConfidence(task, setup.scope().map(Scope::label));
        var stored = new ArrayList<StoredAnswer>();
        for (int i = 0; i < chunk.size(); i++) {
            var label = chosen.get(i);
            var answer =
                    StoredAnswer.of(chunk.get(i), label, values[i])
                            .withConfidence(
                                    setup.calibration().flatMap(by -> labels.of(label, by)));
            stored.add(free ? answer.withFreeText(answers.get(chunk.size() + i).text()) : answer);
        }
        return setup.scope()
                .map(by -> ScopeRule.applied(by, stored, Metrics.of(task)))
                .orElse(stored);
    }

    /// What the candidate has to say, without its steps, which are this pass's.
    private Progress told() {
        return new Progress() {
            @Override
            public Step begin(String what, long total, String unit) {
                return Progress.silent().begin(what, total, unit);
            }

            @Override
            public void say(String line) {
                circumstances.progress().say(task.name() + ": " + line);
            }
        };
    }

    private static List<Question> asked(List<Example> chunk, AnswerForm form) {
        return chunk.stream().map(example -> Question.of(example, form)).toList();
    }

    private void refuseToGoOnIfAsked() {
        if (circumstances.cancellation().isAsked()) {
            throw SartorException.stopped(
                    "stopped; what is finished is kept. Go on with the same command.");
        }
    }

    private static double mean(List<StoredAnswer> answers) {
        return answers.stream().mapToDouble(StoredAnswer::score).average().orElse(0);
    }
}
