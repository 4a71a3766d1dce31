package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Statement;
import dev.sartor.core.TokenScore;
import dev.sartor.core.work.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// A responder that says what it was told, a word at a time: as many words as it may, stopping before a stop text. A
/// word is a token. Ten words fit.
public final class Echo implements Responder {
    static final int CONTEXT = 10;

    final Queue<Question> asked = new ConcurrentLinkedQueue<>();
    Answer.Omitted omitted = Answer.Omitted.none();
    private final List<Passage> passages;

    public Echo(Passage... passages) {
        this.passages = List.of(passages);
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, piece -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        asked.add(question);
        var words = List.of(question.text().split(" "));
        if (words.size() > CONTEXT) {
            throw SartorException.tooLong(
                    "the prompt has " + words.size() + " tokens, " + CONTEXT + " fit: shorten it");
        }
        var said = new ArrayList<String>();
        var scores = new ArrayList<TokenScore>();
        var finish = Answer.Finish.STOP;
        for (var word : words) {
            if (question.sampling().stop().contains(word)) {
                break;
            }
            if (said.size() == limit(question)) {
                finish = Answer.Finish.LENGTH;
                break;
            }
            var piece = said.isEmpty() ? word : " " + word;
            said.add(piece);
            onText.accept(piece);
            question.sampling().topLogProbabilities().ifPresent(n -> scores.add(score(piece, n)));
        }
        var answer =
                new Answer(
                                String.join("", said),
                                finish,
                                new Answer.Usage(words.size(), 1, said.size()),
                                passages,
                                Map.of(),
                                scores,
                                0.01)
                        .withOmitted(omitted);
        if (question.form() instanceof AnswerForm.OneOf) {
            return answer.withConfidence(OptionalDouble.of(0.87654))
                    .withAbstained(question.text().contains("unsure"));
        }
        return passages.isEmpty()
                ? answer
                : answer.withStatements(
                        List.of(
                                new Statement("It is.", List.of(1), 1, 0.9, true),
                                new Statement("Or not.", List.of(), 0, 0, false)));
    }

    /// A piece is half as likely as can be, so are others.
    private static TokenScore score(String piece, int others) {
        var bytes = new ArrayList<Byte>();
        for (byte each : piece.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each);
        }
        var scored = new TokenScore.Scored(piece, bytes, -0.5);
        return new TokenScore(scored, Collections.nCopies(others, scored));
    }

    private static int limit(Question question) {
        return switch (question.form()) {
            case AnswerForm.FreeText text -> text.maxTokens();
            case AnswerForm.Matching text -> text.maxTokens();
            case AnswerForm.JsonText text -> text.maxTokens();
            case AnswerForm.OneOf _ -> 1;
        };
    }

    @Override
    public void close() {}
}
