package dev.sartor.tune.check;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Score;
import dev.sartor.core.Validation;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures a language model by the task's metric, and lets it answer a few questions in its own words.
public final class ModelCheck implements TrainingCheck {
    /// Tokens of an answer that is shown.
    private static final int ANSWERED = 64;

    private final LanguageModel model;
    private final Validation validation;
    private final List<Example> shown;
    private List<AnswerSample> samples = List.of();

    /// @param shown whose answers are shown, as the model is to be asked
    public ModelCheck(LanguageModel model, Validation validation, List<Example> shown) {
        this.model = model;
        this.validation = validation;
        this.shown = List.copyOf(shown);
    }

    @Override
    public Score score(Optional<LoraAdapter> adapter) {
        try (var responder = model.responderNow(adapter)) {
            var score = validation.score(responder);
            var form = new AnswerForm.FreeText(ANSWERED);
            var questions = shown.stream().map(example -> Question.of(example, form)).toList();
            var answers = responder.answer(questions, Progress.silent());
            var said = new ArrayList<AnswerSample>();
            for (int i = 0; i < answers.size(); i++) {
                var example = shown.get(i);
                said.add(
                        new AnswerSample(
                                example.text(), example.reference(), answers.get(i).text()));
            }
            samples = List.copyOf(said);
            return score;
        }
    }

    @Override
    public long tokens(int longest) {
        return (long) (validation.examples() + shown.size()) * (longest + ANSWERED);
    }

    @Override
    public List<AnswerSample> samples() {
        return samples;
    }
}
