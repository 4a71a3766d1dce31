package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A responder that says some words and then fails.
public final class Failing implements Responder {
    private final List<String> words;
    private final Supplier<? extends RuntimeException> failure;

    public Failing(List<String> words, Supplier<? extends RuntimeException> failure) {
        this.words = words;
        this.failure = failure;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        throw failure.get();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        words.forEach(onText);
        throw failure.get();
    }

    @Override
    public void close() {}
}
