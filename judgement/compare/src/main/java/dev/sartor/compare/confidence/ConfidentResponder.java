package dev.sartor.compare.confidence;

import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Scope;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Tells with each label how probable it is that it is right, says the label for what fits no other where that is too little, and marks
/// what is better left to a person; all of it as validation chose. Closing it closes the other.
public final class ConfidentResponder implements Responder {
    private final Responder inner;
    private final LabelConfidence labels;
    private final Run.Setup setup;

    /// @param setup of the run that is served
    public ConfidentResponder(Responder inner, Task task, Run.Setup setup) {
        this.inner = inner;
        this.labels = new LabelConfidence(task, setup.scope().map(Scope::label));
        this.setup = setup;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        var answers = inner.answer(questions, progress);
        var sure = new ArrayList<Answer>();
        for (int i = 0; i < answers.size(); i++) {
            sure.add(sure(questions.get(i), answers.get(i)));
        }
        return sure;
    }

    /// Where the text may become another, it comes at once: what it becomes hangs on all of it.
    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        if (setup.scope().flatMap(Scope::threshold).isEmpty()) {
            return sure(question, inner.stream(question, onText));
        }
        var answer = sure(question, inner.stream(question, _ -> {}));
        onText.accept(answer.text());
        return answer;
    }

    private Answer sure(Question question, Answer answer) {
        var confidence = setup.calibration().flatMap(by -> labels.of(answer, by));
        var sure =
                confidence
                        .map(each -> answer.withConfidence(OptionalDouble.of(each.calibrated())))
                        .orElse(answer);
        return marked(scoped(question, sure, confidence.map(Confidence::fits)));
    }

    private Answer scoped(Question question, Answer answer, Optional<Double> fits) {
        Optional<String> label =
                setup.scope()
                        .filter(by ->
                                by.threshold()
                                        .filter(least -> fits.orElse(1.0) < least)
                                        .isPresent())
                        .map(Scope::label)
                        .filter(each -> allows(question.form(), each));
        return label.map(answer::withText).orElse(answer);
    }

    private static boolean allows(AnswerForm form, String label) {
        return !(form instanceof AnswerForm.OneOf(var labels)) || labels.contains(label);
    }

    private Answer marked(Answer answer) {
        return setup.abstention()
                .map(Abstention::threshold)
                .map(least -> answer.withAbstained(answer.confidence().orElse(0) < least))
                .orElse(answer);
    }

    @Override
    public OptionalInt room(Question question) {
        return inner.room(question);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return inner.promptTokens(question);
    }

    @Override
    public void close() {
        inner.close();
    }
}
