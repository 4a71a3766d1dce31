package dev.sartor.retrieve.ground;

import dev.sartor.core.Answer;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.text.InjectionScore;
import java.util.ArrayList;
import java.util.List;

/// Finds passages for questions: what the asker may read, best first. A question that ends a conversation is looked up with
/// the user's messages before it, see {@link SearchedText}. The index is the caller's to close. Safe for
/// concurrent callers.
public final class Retriever {
    /// How many times more are looked at where some may be left out.
    private static final int MORE = 2;

    private final Searched searched;
    private final RetrievalSettings settings;
    private final boolean isOfThePublic;

    private Retriever(Searched searched, RetrievalSettings settings, boolean isOfThePublic) {
        this.searched = searched;
        this.settings = settings;
        this.isOfThePublic = isOfThePublic;
    }

    public Retriever(PassageIndex index, RetrievalSettings settings) {
        this(Searched.of(index, settings), settings, false);
    }

    /// In an index that stands, each question in its last commit.
    ///
    /// @param settings by whose mode it is searched where it holds vectors, and by words where it holds none
    /// @param fusion of the two rankings, where both are made
    public Retriever(PersistentIndex index, RetrievalSettings settings, Fusion fusion) {
        this(Searched.of(index, settings, fusion), settings, false);
    }

    /// In nothing: each question has all documents, in their order, that its asker may read.
    Retriever(WholeDocuments documents) {
        this(Searched.of(documents), new RetrievalSettings(1, SearchMode.BM25, false), false);
    }

    /// The same, for a model that may be shown only what everyone may read.
    public Retriever ofThePublic() {
        return new Retriever(searched, settings, true);
    }

    /// What was found for a question.
    ///
    /// @param omitted passages before the last of these that were left out
    record Found(List<Passage> passages, Answer.Omitted omitted) {
        Found {
            passages = List.copyOf(passages);
        }
    }

    /// The passages of each question, in the questions' order.
    public List<List<Passage>> find(List<Question> questions) {
        return look(questions).stream().map(Found::passages).toList();
    }

    List<Found> look(List<Question> questions) {
        var inquiries = inquiries(questions);
        boolean leavesOutMuch = settings.dropsInjections() || isOfThePublic;
        var found = new ArrayList<>(find(inquiries, leavesOutMuch ? more() : settings.k()));
        for (int i = 0; i < found.size(); i++) {
            if (!leavesOutMuch && found.get(i).omitted().injections() > 0) {
                found.set(i, find(List.of(inquiries.get(i)), more()).getFirst());
            }
        }
        return found;
    }

    private int more() {
        return Math.min(MORE * settings.k(), PassageIndex.MOST_PASSAGES);
    }

    private List<Found> find(List<PassageIndex.Query> inquiries, int k) {
        return searched.find(inquiries, k).stream().map(this::admitted).toList();
    }

    private boolean leavesOut() {
        return settings.dropsInjections() || isOfThePublic || searched.mayHoldUncurated();
    }

    /// Whoever puts documents together answers for what they say, unless he says otherwise.
    private boolean isInjection(Passage passage) {
        return InjectionScore.usual().flags(passage.text())
                && (settings.dropsInjections() || !searched.isCurated(passage.document()));
    }

    /// How like the nearest passage that the asker may read each question is, by the embedder: cosines, −1 to 1; −1 where
    /// there is no passage. Unlike a fused rank it says something between two questions.
    public List<Double> nearness(List<Question> questions) {
        return searched.nearest(inquiries(questions)).stream()
                .map(found -> found.isEmpty() ? -1.0 : found.getFirst().score())
                .toList();
    }

    private Found admitted(List<Passage> found) {
        if (!leavesOut()) {
            return new Found(found, Answer.Omitted.none());
        }
        var kept = new ArrayList<Passage>();
        int injections = 0;
        int withheld = 0;
        for (var each : found) {
            if (kept.size() == settings.k()) {
                break;
            }
            if (isOfThePublic && !each.readers().isEveryone()) {
                withheld++;
            } else if (isInjection(each)) {
                injections++;
            } else {
                kept.add(each);
            }
        }
        return new Found(kept, new Answer.Omitted(injections, withheld));
    }

    private static List<PassageIndex.Query> inquiries(List<Question> questions) {
        return questions.stream()
                .map(each -> new PassageIndex.Query(SearchedText.of(each), each.principal()))
                .toList();
    }
}
