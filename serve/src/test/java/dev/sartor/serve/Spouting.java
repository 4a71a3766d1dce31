package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A responder that says some pieces of 4 KiB as fast as they are taken, and then goes on to think until it is released.
final class Spouting implements Responder {
    private static final String PIECE = "x".repeat(4096);

    final CountDownLatch released = new CountDownLatch(1);
    private final int pieces;

    Spouting(int pieces) {
        this.pieces = pieces;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, piece -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        for (int i = 0; i < pieces; i++) {
            onText.accept(PIECE);
        }
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Answer(
                PIECE.repeat(pieces),
                Answer.Finish.STOP,
                new Answer.Usage(1, 0, pieces),
                List.of(),
                Map.of(),
                0.1);
    }

    @Override
    public void close() {}
}
