package dev.sartor.retrieve;

import dev.sartor.core.Answer;
import dev.sartor.core.Passage;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Looks up passages for each question before another responder answers it; the answer names them as its sources.
/// Closing closes the other responder; the index is the caller's, as several responders may share it.
public final class RetrievalResponder implements Responder {
    private final PassageIndex index;
    private final RetrievalSettings settings;
    private final ToIntFunction<String> tokens;
    private final Grounding grounding;
    private final Responder inner;
    private final LongAdder dropped = new LongAdder();

    /// @param tokens counts a passage's tokens as the answering model does
    public RetrievalResponder(
            PassageIndex index,
            RetrievalSettings settings,
            ToIntFunction<String> tokens,
            Grounding grounding,
            Responder inner) {
        this.index = index;
        this.settings = settings;
        this.tokens = tokens;
        this.grounding = grounding;
        this.inner = inner;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.isEmpty()) {
            return List.of();
        }
        long before = dropped.sum();
        long start = System.nanoTime();
        var passages = retrieve(questions);
        double searching = (System.nanoTime() - start) / 1e9 / questions.size();
        if (dropped.sum() > before) {
            progress.say(
                    (dropped.sum() - before)
                            + " passages did not fit into retrieve.budget_tokens ("
                            + settings.budgetTokens()
                            + ") and were dropped");
        }
        var grounded = new ArrayList<Question>();
        for (int i = 0; i < questions.size(); i++) {
            grounded.add(grounding.ground(questions.get(i), passages.get(i)));
        }
        var answers = inner.answer(grounded, progress);
        if (answers.size() != questions.size()) {
            throw SartorException.defect(
                    questions.size() + " questions got " + answers.size() + " answers");
        }
        var sourced = new ArrayList<Answer>();
        for (int i = 0; i < answers.size(); i++) {
            sourced.add(sourced(answers.get(i), passages.get(i), searching));
        }
        return sourced;
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        long start = System.nanoTime();
        var passages = retrieve(List.of(question)).getFirst();
        double searching = (System.nanoTime() - start) / 1e9;
        return sourced(
                inner.stream(grounding.ground(question, passages), onText), passages, searching);
    }

    /// How many passages have been left out so far because the budget was full.
    public long droppedPassages() {
        return dropped.sum();
    }

    private static Answer sourced(Answer answer, List<Passage> passages, double searching) {
        return answer.withPassages(passages).withSeconds(answer.seconds() + searching);
    }

    private List<List<Passage>> retrieve(List<Question> questions) {
        var inquiries =
                questions.stream()
                        .map(q -> new PassageIndex.Inquiry(asked(q), q.principal()))
                        .toList();
        return index.searchAll(inquiries, settings.k(), settings.mode()).stream()
                .map(this::fitting)
                .toList();
    }

    private static String asked(Question question) {
        return question.messages().reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .map(message -> message.content())
                .orElseGet(question::text);
    }

    /// The best passages that fit together.
    private List<Passage> fitting(List<Passage> passages) {
        int left = settings.budgetTokens();
        for (int i = 0; i < passages.size(); i++) {
            left -= tokens.applyAsInt(passages.get(i).text());
            if (left < 0) {
                dropped.add(passages.size() - i);
                return passages.subList(0, i);
            }
        }
        return passages;
    }

    @Override
    public void close() {
        inner.close();
    }
}
