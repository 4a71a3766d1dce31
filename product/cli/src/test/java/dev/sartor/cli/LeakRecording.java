package dev.sartor.cli;

import dev.sartor.core.Answer;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Keeps what a model is asked. Closing it leaves the model open.
public final class LeakRecording implements Responder {
    private final Responder inner;
    private final Queue<Question> asked = new ConcurrentLinkedQueue<>();

    public LeakRecording(Responder inner) {
        this.inner = inner;
    }

    /// What it was asked since the last time.
    public Stream<String> taken() {
        var taken = new ArrayList<Question>();
        for (var next = asked.poll(); next != null; next = asked.poll()) {
            taken.add(next);
        }
        return taken.stream()
                .flatMap(question -> question.messages().stream())
                .map(Message::content);
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        asked.addAll(questions);
        return inner.answer(questions, progress);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        asked.add(question);
        return inner.stream(question, onText);
    }

    @Override
    public OptionalInt room(Question question) {
        return inner.room(question);
    }

    @Override
    public void close() {}
}
