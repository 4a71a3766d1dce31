package dev.sartor.cli.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A responder that is opened when it is first asked, by whoever asks it, so that nobody else waits. What it opened is closed
/// by its owner alone. Thread-safe.
final class OpenedLate implements Responder {
    private final Supplier<Responder> opening;
    private final Consumer<OpenedLate> asked;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<Responder> opened = Optional.empty();

    /// @param asked told each time that it is asked and open
    OpenedLate(Supplier<Responder> opening, Consumer<OpenedLate> asked) {
        this.opening = opening;
        this.asked = asked;
    }

    /// Opens it where it is not open yet. One that could not be opened is tried again by whoever asks next.
    Responder open() {
        var responder = opened.orElseGet(this::first);
        asked.accept(this);
        return responder;
    }

    private Responder first() {
        lock.lock();
        try {
            var responder = opened.orElseGet(opening);
            opened = Optional.of(responder);
            return responder;
        } finally {
            lock.unlock();
        }
    }

    /// Lets go what is open; answers under way end with it.
    void forget() {
        opened = Optional.empty();
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return open().answer(questions, progress);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return open().stream(question, onText);
    }

    @Override
    public OptionalInt room(Question question) {
        return open().room(question);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return open().promptTokens(question);
    }

    @Override
    public void close() {}
}
