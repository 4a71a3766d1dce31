package dev.sartor.retrieve.index;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.Statement;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.Abstention;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.LeakJudge;
import dev.sartor.retrieve.LeakRead;
import dev.sartor.retrieve.LeakTally;
import dev.sartor.retrieve.LeakWorld;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.Watched;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.ground.ContextPacking;
import dev.sartor.retrieve.ground.EchoModel;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.PassageSearch;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.AnswerCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.lucene.index.MultiBits;

/// Questions that a model answers, which says its whole prompt: what stands in prompts, answers, streams, sources,
/// checked sentences and remarks.
final class LeakAnswers {
    private static final List<SearchMode> MODES = List.of(SearchMode.values());
    private static final Set<String> OTHER = Set.of("user:ben", "group:b");
    private static final Pattern LEFT_OUT = Pattern.compile("(\\d+) passages? did not fit.*");
    private static final int WORDS_OF_ANSWER = 8;

    private final PersistentIndex index;
    private final Optional<Snapshots> snapshots;
    private final HashedWords embedder;
    private final LeakTally tally;
    private final Random random;

    public LeakAnswers(
            PersistentIndex index,
            Optional<Snapshots> snapshots,
            HashedWords embedder,
            LeakTally tally,
            Random random) {
        this.index = index;
        this.snapshots = snapshots;
        this.embedder = embedder;
        this.tally = tally;
        this.random = random;
    }

    public void ask(LeakJudge judge, Set<String> who) {
        var question = LeakCases.question(judge, random);
        var mode = MODES.get(random.nextInt(MODES.size()));
        int k = 1 + random.nextInt(10);
        int context = random.nextBoolean() ? 10_000 : 40 + random.nextInt(200);
        switch (random.nextInt(4)) {
            case 0 -> streamed(judge, who, question, new Lookups(k, mode, context));
            case 1 -> unknown(judge, who, question);
            default -> together(judge, who, question, new Lookups(k, mode, context));
        }
    }

    private record Lookups(int k, SearchMode mode, int context) {}

    static Question question(String id, String text, Set<String> who) {
        return new Question(
                id,
                List.of(Message.user(text)),
                new AnswerForm.FreeText(WORDS_OF_ANSWER),
                Sampling.greedy(),
                new Principal(who));
    }

    /// What finds passages for answers: the index that stands, which shows texts that say nearly the same as one, or what lies
    /// behind it in a folder.
    private interface Finding {
        Retriever by(RetrievalSettings settings);
    }

    /// Whether the next question goes to the index that stands.
    private boolean stands() {
        return snapshots.isEmpty() || random.nextBoolean();
    }

    private LeakTally.Outcome found(boolean stands, Function<Finding, LeakTally.Outcome> use) {
        return stands
                ? use.apply(settings -> new Retriever(index, settings, Fusion.usual()))
                : snapshots
                        .orElseThrow()
                        .with(snapshot ->
                                use.apply(settings -> new Retriever(snapshot.index(), settings)));
    }

    private RetrievalResponder responder(
            Finding finding,
            RetrievalSettings settings,
            Optional<Abstention> abstention,
            EchoModel model) {
        return new RetrievalResponder(
                finding.by(settings),
                EchoModel.GROUNDING,
                abstention,
                new AnswerCheck(Analysis.ENGLISH, embedder, Optional.empty()),
                model);
    }

    /// Two people's questions in one batch, and what is said of passages that did not fit.
    private void together(LeakJudge judge, Set<String> who, String question, Lookups lookups) {
        var permitted = judge.permitted(who);
        boolean stands = stands();
        int mine = Math.min(lookups.k(), count(stands, permitted));
        int others = Math.min(lookups.k(), count(stands, judge.permitted(OTHER)));
        tally.judge(
                "answers, " + lookups.mode(),
                question,
                LeakTally.markers(permitted),
                () ->
                        found(
                                stands,
                                finding -> {
                                    var model = new EchoModel(lookups.context());
                                    var settings =
                                            new RetrievalSettings(
                                                    lookups.k(), lookups.mode(), false);
                                    var responder =
                                            responder(finding, settings, Optional.empty(), model);
                                    var watched = new Watched();
                                    var answers =
                                            responder.answer(
                                                    List.of(
                                                            question("his", question, OTHER),
                                                            question("mine", question, who)),
                                                    watched);
                                    var missing = new ArrayList<String>();
                                    int placed =
                                            answers.stream()
                                                    .mapToInt(a -> a.passages().size())
                                                    .sum();
                                    LeakCases.expect(
                                            placed + leftOut(watched.lines),
                                            mine + others,
                                            missing);
                                    var shown = shown(answers.getLast(), model.asked, "mine");
                                    shown.addAll(watched.lines);
                                    return new LeakTally.Outcome(shown, missing);
                                }));
    }

    private static int count(boolean stands, Map<String, LeakWorld.Content> permitted) {
        return stands ? LeakCases.families(permitted) : LeakCases.passages(permitted);
    }

    private static int leftOut(List<String> lines) {
        return lines.stream()
                .map(LEFT_OUT::matcher)
                .filter(found -> found.matches())
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    private void streamed(LeakJudge judge, Set<String> who, String question, Lookups lookups) {
        var permitted = judge.permitted(who);
        boolean stands = stands();
        tally.judge(
                "streamed answers, " + lookups.mode(),
                question,
                LeakTally.markers(permitted),
                () ->
                        found(
                                stands,
                                finding -> {
                                    var model = new EchoModel(lookups.context());
                                    var settings =
                                            new RetrievalSettings(
                                                    lookups.k(), lookups.mode(), true);
                                    var responder =
                                            responder(finding, settings, Optional.empty(), model);
                                    var pieces = new ArrayList<String>();
                                    var answer =
                                            responder.stream(
                                                    question("mine", question, who), pieces::add);
                                    var shown = shown(answer, model.asked, "mine");
                                    shown.addAll(pieces);
                                    return new LeakTally.Outcome(shown, List.of());
                                }));
    }

    /// Whether the model is asked at all depends on what the asker may read alone.
    private void unknown(LeakJudge judge, Set<String> who, String question) {
        var permitted = judge.permitted(who);
        boolean stands = stands();
        double nearest = nearest(permitted, question);
        double least = random.nextInt(2) == 0 ? 0 : Math.min(1, nearest + 0.02);
        tally.judge(
                "answers or says that nothing is known",
                question,
                LeakTally.markers(permitted),
                () ->
                        found(
                                stands,
                                finding -> {
                                    var model = new EchoModel(10_000);
                                    var responder =
                                            responder(
                                                    finding,
                                                    new RetrievalSettings(
                                                            3, SearchMode.HYBRID, false),
                                                    Optional.of(new Abstention("unknown", least)),
                                                    model);
                                    var answer =
                                            responder.stream(
                                                    question("mine", question, who), _ -> {});
                                    var missing = new ArrayList<String>();
                                    boolean isKnown = !answer.text().equals("unknown");
                                    if (isKnown != nearest >= least) {
                                        missing.add("known: " + isKnown + " at " + nearest);
                                    }
                                    return new LeakTally.Outcome(
                                            shown(answer, model.asked, "mine"), missing);
                                }));
    }

    /// The highest cosine with a passage; −1 where there is none.
    private double nearest(Map<String, LeakWorld.Content> permitted, String question) {
        var asked = embedder.embed(List.of(question)).getFirst();
        double nearest = -1;
        for (var content : permitted.values()) {
            for (int i = 0; i < content.texts().size(); i++) {
                var text = content.title() + " Part " + i + "\n" + content.texts().get(i).words();
                var vector = embedder.embed(List.of(text)).getFirst();
                nearest = Math.max(nearest, VectorProducts.product(asked, vector));
            }
        }
        return nearest;
    }

    static List<String> shown(Answer answer, List<Question> prompts, String id) {
        var shown = new ArrayList<>(LeakCases.passages(answer.passages()));
        shown.add(answer.text());
        answer.statements().stream().map(Statement::text).forEach(shown::add);
        prompts.stream()
                .filter(prompt -> prompt.id().equals(id))
                .flatMap(prompt -> prompt.messages().stream())
                .map(Message::content)
                .forEach(shown::add);
        return shown;
    }

    /// Hands a passage of an index in a folder, whoever may read it, to each place that has to look once more.
    void hand(LeakJudge judge, Set<String> who) {
        if (snapshots.isPresent()) {
            hand(snapshots.get(), judge, who);
        }
    }

    private void hand(Snapshots snapshots, LeakJudge judge, Set<String> who) {
        var hits = new ArrayList<Hit>();
        var passages = new ArrayList<Passage>();
        drawOne(snapshots, hits, passages);
        if (hits.isEmpty()) {
            return;
        }
        var passage = passages.getFirst();
        boolean may = judge.may(who, passage.document());
        var asked = question("mine", "kettle lamp", who);
        var allowed = may ? new HashSet<>(markers(passage)) : Set.<String>of();
        snapshots.with(snapshot -> {
            var search = LeakProof.search(snapshot, 1);
            refused(
                    "handed to what fetches texts",
                    allowed,
                    may,
                    () ->
                            LeakCases.passages(
                                    List.of(passage(search, hits.getFirst(), asked.principal()))));
            refused("handed to what reranks", allowed, may, () -> reranked(search, hits, asked));
            var model = new EchoModel(10_000);
            var placement = new ContextPacking(EchoModel.GROUNDING, model);
            refused(
                    "handed to what fills prompts",
                    allowed,
                    may,
                    () -> List.of(placement.place(asked, passages).question().text()));
            var settings = new RetrievalSettings(1, SearchMode.BM25, false);
            var responder =
                    responder(
                            each -> new Retriever(snapshot.index(), each),
                            settings,
                            Optional.empty(),
                            model);
            var prepared =
                    new RetrievalResponder.Prepared(
                            new ContextPacking.Placed(asked, passages, 0),
                            asked.principal(),
                            true,
                            Answer.Omitted.none(),
                            0);
            refused(
                    "handed to what cites",
                    allowed,
                    may,
                    () ->
                            shown(
                                    responder.sourced(model.stream(asked, _ -> {}), prepared),
                                    List.of(),
                                    "mine"));
            return true;
        });
    }

    /// Any passage of the index, or none where the lot falls on a document's state.
    private void drawOne(Snapshots snapshots, List<Hit> hits, List<Passage> passages) {
        snapshots.with(snapshot -> {
            var stored = snapshot.reader().storedFields();
            int any = random.nextInt(snapshot.reader().maxDoc());
            var fields = stored.document(any);
            var live = MultiBits.getLiveDocs(snapshot.reader());
            if (fields.get(IndexBuilder.ID) != null && (live == null || live.get(any))) {
                hits.add(new Hit(any, 1));
                passages.add(
                        new Passage(
                                fields.get(IndexBuilder.ID),
                                fields.get(IndexBuilder.DOCUMENT),
                                fields.get(IndexBuilder.SECTION),
                                fields.get(IndexBuilder.TEXT),
                                1,
                                AccessRules.parsed(fields.get(AccessRules.FIELD))));
            }
            return true;
        });
    }

    private static Set<String> markers(Passage passage) {
        return LeakTally.markers(
                String.join("\n", LeakCases.passages(List.of(passage))), "kettle lamp");
    }

    /// What the reranker gets to read.
    private static List<String> reranked(PassageSearch search, List<Hit> hits, Question asked) {
        var reader = new LeakRead();
        try {
            var inquiry = new PassageIndex.Query(asked.text(), asked.principal());
            search.reranked(hits, inquiry, new Reranking(reader, 2, 1));
            return reader.texts;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Passage passage(PassageSearch search, Hit hit, Principal principal) {
        try {
            return search.passage(hit, principal);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What may not be read must be refused, without a word of it; what may must be given.
    private void refused(
            String kind,
            Set<String> allowed,
            boolean may,
            java.util.function.Supplier<List<String>> handed) {
        tally.judge(
                kind,
                "kettle lamp",
                allowed,
                () -> {
                    try {
                        return new LeakTally.Outcome(handed.get(), List.of());
                    } catch (dev.sartor.core.SartorException e) {
                        return new LeakTally.Outcome(
                                List.of(String.valueOf(e.getMessage())),
                                may ? List.of("refused") : List.of());
                    }
                });
    }
}
