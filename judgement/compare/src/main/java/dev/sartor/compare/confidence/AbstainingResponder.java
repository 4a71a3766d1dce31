package dev.sartor.compare.confidence;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Marks the answers that are better left to a person. Closing it closes the other.
public final class AbstainingResponder implements Responder {
    private final Responder inner;
    private final double threshold;

    /// @param threshold the least confidence at which an answer stands; an answer without one stands where it is 0
    public AbstainingResponder(Responder inner, double threshold) {
        this.inner = inner;
        this.threshold = threshold;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return inner.answer(questions, progress).stream().map(this::marked).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return marked(inner.stream(question, onText));
    }

    private Answer marked(Answer answer) {
        return answer.withAbstained(answer.confidence().orElse(0) < threshold);
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
