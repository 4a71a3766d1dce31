package dev.sartor.jobs;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Says its name and what it was told.
final class Parrot implements Responder {
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final String name;
    private final CountDownLatch held;

    /// @param held until it is counted down nothing is answered
    Parrot(String name, CountDownLatch held) {
        this.name = name;
        this.held = held;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, _ -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        asked.add(question.text());
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Answer(
                name + ": " + question.text(),
                Answer.Finish.STOP,
                new Answer.Usage(1, 0, 1),
                List.of(),
                Map.of(),
                List.of(),
                0.01);
    }

    @Override
    public void close() {}
}
