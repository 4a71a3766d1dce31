package dev.sartor.retrieve.ground;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.core.work.Retrieval;
import dev.sartor.retrieve.Abstention;
import dev.sartor.retrieve.access.Permission;
import dev.sartor.retrieve.text.AnswerCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Looks up passages for each question before another responder answers it; the answer names them as its sources, and says
/// which of its sentences they hold. Closing closes the other responder; the index is the caller's, as several responders
/// may share it.
public final class RetrievalResponder implements Responder {
    private final Retriever lookup;
    private final ContextPacking placement;
    private final Optional<Abstention> abstention;
    private final AnswerCheck check;
    private final Responder inner;
    private final LongAdder leftOut = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder injections = new LongAdder();
    private final LongAdder withheld = new LongAdder();

    /// @param abstention when it is said that nothing is known; empty for never
    public RetrievalResponder(
            Retriever lookup,
            Grounding grounding,
            Optional<Abstention> abstention,
            AnswerCheck check,
            Responder inner) {
        this(lookup, new ContextPacking(grounding, inner), abstention, check, inner);
    }

    private RetrievalResponder(
            Retriever lookup,
            ContextPacking placement,
            Optional<Abstention> abstention,
            AnswerCheck check,
            Responder inner) {
        this.lookup = lookup;
        this.placement = placement;
        this.abstention = abstention;
        this.check = check;
        this.inner = inner;
    }

    /// One that looks nothing up: all documents stand before each question, whole and in their order. A question beside
    /// which they do not fit is refused.
    public static RetrievalResponder over(
            WholeDocuments documents, Grounding grounding, AnswerCheck check, Responder inner) {
        return new RetrievalResponder(
                new Retriever(documents),
                new ContextPacking(grounding, inner, true),
                Optional.empty(),
                check,
                inner);
    }

    /// @param asker of the question
    /// @param isKnown whether the model is asked at all
    /// @param omitted of what was found for the question
    public record Prepared(
            ContextPacking.Placed placed,
            Principal asker,
            boolean isKnown,
            Answer.Omitted omitted,
            double seconds) {
        private Retrieval retrieval(long start) {
            return new Retrieval(
                    start,
                    System.nanoTime(),
                    placed.passages().size(),
                    omitted.injections() + omitted.withheld() + placed.leftOut());
        }
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.isEmpty()) {
            return List.of();
        }
        var before = counts();
        var prepared = prepared(questions);
        say(before, progress);
        var asked =
                prepared.stream()
                        .filter(Prepared::isKnown)
                        .map(each -> each.placed().question())
                        .toList();
        var answers = inner.answer(asked, progress);
        if (answers.size() != asked.size()) {
            throw SartorException.defect(
                    asked.size() + " questions got " + answers.size() + " answers");
        }
        var open = answers.iterator();
        var all = new ArrayList<Answer>();
        for (var each : prepared) {
            all.add(each.isKnown() ? sourced(open.next(), each) : notKnown(each));
        }
        return all;
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        long start = System.nanoTime();
        var prepared = prepared(List.of(question)).getFirst();
        prepared.retrieval(start).tell();
        if (prepared.isKnown()) {
            return sourced(inner.stream(prepared.placed().question(), onText), prepared);
        }
        var answer = notKnown(prepared);
        onText.accept(answer.text());
        return answer;
    }

    private record Counts(long leftOut, long cut, long injections, long withheld) {}

    private Counts counts() {
        return new Counts(leftOut.sum(), cut.sum(), injections.sum(), withheld.sum());
    }

    private void say(Counts before, Progress progress) {
        var now = counts();
        tell(
                now.leftOut() - before.leftOut(),
                "did not fit the model's context beside the question and the answer and had to be left"
                        + " out. Fewer retrieval.passages, or a smaller retrieval.chunk_tokens, avoids"
                        + " it.",
                progress);
        tell(
                now.cut() - before.cut(),
                "did not even fit alone and had to be cut behind a sentence.",
                progress);
        tell(
                now.injections() - before.injections(),
                "looked like an instruction to the model and had to be left out"
                        + " (retrieval.drop_injections).",
                progress);
        tell(
                now.withheld() - before.withheld(),
                "may not be read by everyone and had to be withheld from the remote model"
                        + " (remotes.egress: public).",
                progress);
    }

    private static void tell(long passages, String what, Progress progress) {
        if (passages > 0) {
            progress.say((passages == 1 ? "1 passage " : passages + " passages ") + what);
        }
    }

    private List<Prepared> prepared(List<Question> questions) {
        long start = System.nanoTime();
        var found = lookup.look(questions);
        var nearness = nearness(questions);
        var placed = new ArrayList<ContextPacking.Placed>();
        for (int i = 0; i < questions.size(); i++) {
            placed.add(placement.place(questions.get(i), found.get(i).passages()));
        }
        double seconds = (System.nanoTime() - start) / 1e9 / questions.size();
        var prepared = new ArrayList<Prepared>();
        for (int i = 0; i < questions.size(); i++) {
            boolean isKnown =
                    abstention.isEmpty()
                            || !(questions.get(i).form() instanceof AnswerForm.FreeText)
                            || (!found.get(i).passages().isEmpty()
                                    && abstention.get().admits(nearness.get(i)));
            var omitted = found.get(i).omitted();
            prepared.add(
                    new Prepared(
                            placed.get(i),
                            questions.get(i).principal(),
                            isKnown,
                            omitted,
                            seconds));
            injections.add(omitted.injections());
            withheld.add(omitted.withheld());
            leftOut.add(placed.get(i).leftOut());
            cut.add(placed.get(i).isCut() ? 1 : 0);
        }
        return prepared;
    }

    /// As {@link Retriever#nearness}; any stands for it where all are near enough.
    private List<Double> nearness(List<Question> questions) {
        return abstention.filter(Abstention::looksAtNearness).isPresent()
                ? lookup.nearness(questions)
                : Collections.nCopies(questions.size(), 1.0);
    }

    /// The answer with its sources, if the asker may read each of them.
    public Answer sourced(Answer answer, Prepared prepared) {
        long start = System.nanoTime();
        List<Passage> passages = prepared.placed().passages();
        Permission.require(passages, prepared.asker(), "cited");
        var statements = check.statements(answer.text(), passages);
        double checking = (System.nanoTime() - start) / 1e9;
        return answer.withPassages(passages)
                .withOmitted(prepared.omitted())
                .withStatements(statements)
                .withSeconds(answer.seconds() + prepared.seconds() + checking);
    }

    /// Nothing that was found counts as a source.
    private Answer notKnown(Prepared prepared) {
        return new Answer(
                        abstention.orElseThrow().words(),
                        Answer.Finish.STOP,
                        new Answer.Usage(0, 0, 0),
                        List.of(),
                        Map.of(),
                        prepared.seconds())
                .withOmitted(prepared.omitted());
    }

    /// Passages fill the context at most.
    @Override
    public OptionalInt promptTokens(Question question) {
        var room = inner.room(question);
        var own = inner.promptTokens(question);
        return room.isPresent() && own.isPresent()
                ? OptionalInt.of(Math.max(own.getAsInt(), own.getAsInt() + room.getAsInt()))
                : OptionalInt.empty();
    }

    @Override
    public void close() {
        inner.close();
    }
}
