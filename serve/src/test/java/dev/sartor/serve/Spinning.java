package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A responder that only computes, and never waits, until it is stopped.
final class Spinning implements Responder {
    private final AtomicBoolean stopped = new AtomicBoolean();

    void stop() {
        stopped.set(true);
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, piece -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        while (!stopped.get()) {
            Thread.onSpinWait();
        }
        return new Answer(
                "", Answer.Finish.STOP, new Answer.Usage(1, 0, 0), List.of(), Map.of(), 0.1);
    }

    @Override
    public void close() {}
}
