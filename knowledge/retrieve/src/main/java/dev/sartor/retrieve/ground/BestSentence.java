package dev.sartor.retrieve.ground;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Embedder;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Answers with the sentence of the passages that the embedder finds the nearest to the question, word for word: extractive, without
/// a language model. It stands behind a {@link RetrievalResponder}, which finds the passages, and is asked as {@link #grounded} asks.
/// The embedder is the caller's: it is not closed here.
public final class BestSentence implements Responder {
    private final Embedder embedder;

    public BestSentence(Embedder embedder) {
        this.embedder = embedder;
    }

    /// The passages, each a turn of its own, then the question's last turn.
    public static Question grounded(Question question, List<Passage> passages) {
        var turns = new ArrayList<Message>();
        passages.forEach(each -> turns.add(Message.user(each.text())));
        turns.add(Message.user(question.text()));
        return question.withMessages(turns, Readers.ofAll(passages.stream().map(Passage::readers)));
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(this::answer).toList();
    }

    private Answer answer(Question question) {
        if (!(question.form() instanceof AnswerForm.FreeText)) {
            throw SartorException.user(
                    "a candidate that quotes its documents gives free text alone: leave out the form that"
                            + " the answer is to have, or ask a candidate with a language model.");
        }
        long start = System.nanoTime();
        var turns = question.messages();
        var sentences =
                turns.subList(0, turns.size() - 1).stream()
                        .flatMap(turn -> TextSplitter.sentences(turn.content()).stream())
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
        var best = sentences.size() < 2 ? String.join("", sentences) : best(question, sentences);
        return new Answer(
                best,
                Answer.Finish.STOP,
                new Answer.Usage(embedder.countTokens(question.text()), 0, 0),
                List.of(),
                Map.of(),
                (System.nanoTime() - start) / 1e9);
    }

    private String best(Question question, List<String> sentences) {
        var asked = embedder.embedQueries(List.of(question.text())).getFirst();
        var vectors = embedder.embed(sentences);
        int best = 0;
        double nearest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sentences.size(); i++) {
            double near = VectorProducts.product(asked, vectors.get(i));
            if (near > nearest) {
                nearest = near;
                best = i;
            }
        }
        return sentences.get(best);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var answer = answer(question);
        onText.accept(answer.text());
        return answer;
    }

    @Override
    public void close() {}
}
