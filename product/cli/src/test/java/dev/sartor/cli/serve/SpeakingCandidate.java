package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.version.PromptContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A candidate that is served, whose model says its instruction; what is streamed waits until it is released.
final class SpeakingCandidate implements PromptedModel {
    private final PromptContent prompt;
    final CountDownLatch speaking;
    final CountDownLatch released = new CountDownLatch(1);
    final AtomicInteger opened = new AtomicInteger();
    boolean isFixed;
    boolean refuses;

    /// @param streams of which `speaking` knows when each has begun
    SpeakingCandidate(PromptContent prompt, int streams) {
        this.prompt = prompt;
        this.speaking = new CountDownLatch(streams);
    }

    /// Only questions that are streamed wait; others say `now`.
    void wait(Question question) {
        try {
            if (!question.text().equals("now")) {
                assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PromptContent prompt() {
        return prompt;
    }

    @Override
    public Responder responder() {
        return new Speaker(prompt.instruction(), this);
    }

    @Override
    public Readers readers() {
        return Readers.everyone();
    }

    @Override
    public AnswerForm form() {
        return new AnswerForm.FreeText(8);
    }

    @Override
    public Optional<SartorException> fixed() {
        return isFixed
                ? Optional.of(SartorException.user("was trained with its prompt"))
                : Optional.empty();
    }

    @Override
    public Responder under(PromptContent version) {
        fixed().ifPresent(why -> {
            throw why;
        });
        if (refuses) {
            throw SartorException.user("was not measured");
        }
        opened.incrementAndGet();
        return new Speaker(version.instruction(), this);
    }

    @Override
    public Readers readers(PromptContent version) {
        return version.readers();
    }

    /// Says its instruction in two pieces, of which the second waits until it is released.
    private record Speaker(String instruction, SpeakingCandidate of) implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(question -> stream(question, _ -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            onText.accept(instruction);
            of.speaking.countDown();
            of.wait(question);
            onText.accept(" " + instruction);
            return new Answer(
                    instruction + " " + instruction,
                    Answer.Finish.STOP,
                    new Answer.Usage(1, 0, 2),
                    List.of(),
                    Map.of(),
                    0.01);
        }

        @Override
        public void close() {}
    }
}
