package dev.sartor.compare.confidence;

import dev.sartor.compare.run.Calibration;
import dev.sartor.compare.run.Confidence;
import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Tells with each label how probable it is that it is right, as validation calibrated it. Closing it closes the other.
public final class ConfidentResponder implements Responder {
    private final Responder inner;
    private final LabelConfidence labels;
    private final Calibration calibration;

    public ConfidentResponder(Responder inner, LabelConfidence labels, Calibration calibration) {
        this.inner = inner;
        this.labels = labels;
        this.calibration = calibration;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return inner.answer(questions, progress).stream().map(this::sure).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return sure(inner.stream(question, onText));
    }

    private Answer sure(Answer answer) {
        return labels.of(answer, calibration)
                .map(Confidence::calibrated)
                .map(each -> answer.withConfidence(OptionalDouble.of(each)))
                .orElse(answer);
    }

    @Override
    public OptionalInt room(Question question) {
        return inner.room(question);
    }

    @Override
    public void close() {
        inner.close();
    }
}
