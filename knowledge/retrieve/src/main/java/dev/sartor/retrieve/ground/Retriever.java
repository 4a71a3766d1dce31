package dev.sartor.retrieve.ground;

import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.text.InjectionScore;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Finds passages for questions: what the asker may read, best first. A question that ends a conversation is looked up with
/// the user's messages before it, see {@link SearchedText}. The index is the caller's to close. Safe for
/// concurrent callers.
public final class Retriever {
    /// How many times more are looked at where some may be left out.
    private static final int MORE = 2;

    private final Searched searched;
    private final RetrievalSettings settings;
    private final LongAdder suspicious = new LongAdder();

    private Retriever(Searched searched, RetrievalSettings settings) {
        this.searched = searched;
        this.settings = settings;
    }

    public Retriever(PassageIndex index, RetrievalSettings settings) {
        this(Searched.of(index, settings), settings);
    }

    /// In an index that stands, each question in its last commit.
    ///
    /// @param settings by whose mode it is searched where it holds vectors, and by words where it holds none
    /// @param fusion of the two rankings, where both are made
    public Retriever(PersistentIndex index, RetrievalSettings settings, Fusion fusion) {
        this(Searched.of(index, settings, fusion), settings);
    }

    /// In nothing: each question has all documents, in their order, that its asker may read.
    Retriever(WholeDocuments documents) {
        this(Searched.of(documents), new RetrievalSettings(1, SearchMode.BM25, false));
    }

    /// The passages of each question, in the questions' order.
    public List<List<Passage>> find(List<Question> questions) {
        int k =
                settings.dropsInjections()
                        ? Math.min(MORE * settings.k(), PassageIndex.MOST_PASSAGES)
                        : settings.k();
        return searched.find(inquiries(questions), k).stream().map(this::admitted).toList();
    }

    /// How like the nearest passage that the asker may read each question is, by the embedder: cosines, −1 to 1; −1 where
    /// there is no passage. Unlike a fused rank it says something between two questions.
    public List<Double> nearness(List<Question> questions) {
        return searched.nearest(inquiries(questions)).stream()
                .map(found -> found.isEmpty() ? -1.0 : found.getFirst().score())
                .toList();
    }

    /// How many passages have been left out so far as they look like an instruction to the model.
    long suspicious() {
        return suspicious.sum();
    }

    private List<Passage> admitted(List<Passage> found) {
        if (!settings.dropsInjections()) {
            return found;
        }
        var harmless =
                found.stream().filter(each -> !InjectionScore.usual().flags(each.text())).toList();
        suspicious.add(found.size() - harmless.size());
        return harmless.subList(0, Math.min(settings.k(), harmless.size()));
    }

    private static List<PassageIndex.Query> inquiries(List<Question> questions) {
        return questions.stream()
                .map(each -> new PassageIndex.Query(SearchedText.of(each), each.principal()))
                .toList();
    }
}
