package dev.sartor.retrieve.ground;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A model that says what it was asked, or one thing only. A word is a token; a prompt that does not fit its context beside
/// the answer is refused, as by a real one.
public final class EchoModel implements Responder {
    /// The passages, a question mark, and the question.
    public static final Grounding GROUNDING =
            (question, passages) ->
                    question.withMessages(
                            List.of(
                                    Message.user(
                                            Stream.concat(
                                                            passages.stream().map(Passage::text),
                                                            Stream.of("? " + question.text()))
                                                    .collect(Collectors.joining(" ")))),
                            Readers.ofAll(passages.stream().map(Passage::readers)));

    public final List<Question> asked = new ArrayList<>();
    boolean isClosed;
    private final int context;
    private Optional<String> said = Optional.empty();

    public EchoModel(int context) {
        this.context = context;
    }

    public EchoModel saying(String text) {
        said = Optional.of(text);
        return this;
    }

    @Override
    public OptionalInt room(Question question) {
        int words = question.text().split("\\s+", -1).length;
        return question.form() instanceof AnswerForm.FreeText(int most)
                ? OptionalInt.of(context - words - most)
                : OptionalInt.empty();
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(q -> stream(q, text -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        asked.add(question);
        if (room(question).orElse(0) < 0) {
            throw SartorException.tooLong(question.text() + " does not fit " + context);
        }
        var text = said.orElse(question.text());
        onText.accept(text);
        return new Answer(
                text, Answer.Finish.STOP, new Answer.Usage(1, 0, 1), List.of(), Map.of(), 1);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
