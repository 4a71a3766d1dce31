package dev.sartor.compare;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A candidate's answers to the validation examples, with each choice that is tried. None is asked for twice.
final class ValidationAnswers {
    private final Planned planned;
    private final Responder model;
    private final Workbench workbench;
    private final List<Example> examples;
    private final Progress progress;
    private final Map<Choice, List<Answer>> known = new HashMap<>();

    /// @param model that the candidate asks
    /// @param examples in the order in which they are asked
    ValidationAnswers(
            Planned planned,
            Responder model,
            Workbench workbench,
            List<Example> examples,
            Progress progress) {
        this.planned = planned;
        this.model = model;
        this.workbench = workbench;
        this.examples = examples;
        this.progress = progress;
    }

    List<Example> examples() {
        return examples;
    }

    List<Question> questions() {
        return planned.questions(examples);
    }

    /// Whether all examples are answered.
    boolean has(Choice choice) {
        return known.getOrDefault(choice, List.of()).size() == examples.size();
    }

    List<Answer> to(Choice choice) {
        return to(choice, examples.size());
    }

    /// To the first so many examples.
    private List<Answer> to(Choice choice, int rows) {
        var answers = known.computeIfAbsent(choice, _ -> new ArrayList<>());
        if (answers.size() < rows) {
            if (answers.isEmpty()) {
                var with = choice.count() == 0 ? "" : " with " + choice.count();
                var beside =
                        choice.shown()
                                .examples()
                                .map(count -> " and " + count + " examples")
                                .orElse("");
                progress.say(
                        planned.settings().name()
                                + ": "
                                + planned.candidate()
                                + with
                                + beside
                                + " on validation");
            }
            answers.addAll(
                    workbench
                            .around(planned, model, choice)
                            .answer(questions().subList(answers.size(), rows), Progress.silent()));
        }
        return List.copyOf(answers.subList(0, rows));
    }

    /// What each of the first so many examples counts, by the task's metric.
    double[] values(Choice choice, int rows) {
        return Metrics.of(planned.data().task())
                .perExample(Adapters.predictions(examples.subList(0, rows), to(choice, rows)));
    }

    /// Of the choice with the highest mean, of those that answered so many.
    double[] best(int rows) {
        return known.entrySet().stream()
                .filter(each -> each.getValue().size() >= rows)
                .map(each -> values(each.getKey(), rows))
                .max(Comparator.comparingDouble(each -> Arrays.stream(each).sum()))
                .orElseThrow();
    }
}
