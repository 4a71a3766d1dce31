package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A responder that starts to speak and goes on only when it is let: `held` at first, a dot every 20 ms once it
/// {@link #speaks}, and its end when {@link #release}d.
final class Held implements Responder {
    /// How the last stream ended: with its answer, with what the consumer threw, or by an interrupt.
    final CompletableFuture<Answer> ended = new CompletableFuture<>();

    final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final boolean speaks;

    private Held(boolean speaks) {
        this.speaks = speaks;
    }

    static Held silent() {
        return new Held(false);
    }

    static Held speaking() {
        return new Held(true);
    }

    void release() {
        released.countDown();
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, piece -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        started.countDown();
        try {
            var text = new StringBuilder();
            if (speaks) {
                say("held", text, onText);
            }
            while (!released.await(20, TimeUnit.MILLISECONDS)) {
                if (speaks) {
                    say(".", text, onText);
                }
            }
            say("!", text, onText);
            var answer =
                    new Answer(
                            text.toString(),
                            Answer.Finish.STOP,
                            new Answer.Usage(1, 0, text.length()),
                            List.of(),
                            Map.of(),
                            0.1);
            ended.complete(answer);
            return answer;
        } catch (InterruptedException e) {
            ended.completeExceptionally(e);
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
            throw e;
        }
    }

    private static void say(String piece, StringBuilder text, Consumer<String> onText) {
        onText.accept(piece);
        text.append(piece);
    }

    @Override
    public void close() {}
}
