package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.access.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/// The way from a question to passages over one commit of an index: candidates by words and by meaning among those that
/// the asker may read, their fusion, the choice among them.
public record PassageSearch(SearchablePassages held) {
    /// How deep each of two rankings is read before they are fused.
    static final int DEPTH = 100;

    /// In Lucene.
    ///
    /// @param rules those of the index
    public PassageSearch(
            IndexSearcher searcher, Analyzer analyzer, AccessRules rules, VectorSearch vectors) {
        this(new LucenePassages(searcher, analyzer, rules, vectors));
    }

    /// @param vector the question's; empty where only words are searched
    /// @return at most `k`, best first
    public List<Passage> best(
            PassageIndex.Query inquiry, Optional<float[]> vector, int k, SearchSettings settings)
            throws IOException {
        boolean isEmpty = held.most() == 0; // Lucene collects at least one
        if (isEmpty || inquiry.text().isBlank()) {
            return List.of();
        }
        int depth = depth(k, settings);
        var found =
                switch (settings.mode()) {
                    case BM25 -> within(inquiry, settings).byWords(inquiry.text(), depth);
                    case VECTOR -> candidates(inquiry, vector, depth, settings).meanings();
                    case HYBRID -> {
                        var candidates = candidates(inquiry, vector, depth, settings);
                        yield settings.fusion().fuse(candidates.words(), candidates.meanings());
                    }
                };
        var ranked =
                settings.reranking().isEmpty()
                        ? found
                        : reranked(found, inquiry, settings.reranking().get());
        var chosen =
                new MaximalMarginalRelevance(settings.mmrLambda()).chosen(ranked, k, held::vector);
        var passages = passages(chosen, inquiry.principal());
        return settings.joined() ? Neighbours.joined(passages) : passages;
    }

    private int depth(int k, SearchSettings settings) throws IOException {
        boolean chooses = settings.mode() != SearchMode.BM25 || settings.mmrLambda() < 1;
        int reranked = settings.reranking().map(Reranking::depth).orElse(0);
        int wanted = Math.max(k, Math.max(reranked, chooses ? DEPTH : 0));
        return Math.min(held.most(), wanted);
    }

    /// What both kinds of search are restricted to: of what the asker may read, what the settings' conditions hold for.
    private SearchablePassages.Within within(PassageIndex.Query inquiry, SearchSettings settings)
            throws IOException {
        return held.within(inquiry.principal(), settings.where());
    }

    /// Gives the first of them to the reranker, if the asker may read each.
    public List<Hit> reranked(List<Hit> found, PassageIndex.Query inquiry, Reranking reranking)
            throws IOException {
        var chunks = held.chunks(found.subList(0, Math.min(reranking.depth(), found.size())));
        chunks.forEach(
                chunk -> Permission.require(chunk.readers(), inquiry.principal(), "reranked"));
        var texts = chunks.stream().map(chunk -> chunk.indexed()).toList();
        return reranking.ranked(inquiry.text(), found, texts);
    }

    /// What was found by words, and the similarity of meaning of all that was found in either way; both best first.
    record Candidates(List<Hit> words, List<Hit> meanings) {}

    Candidates candidates(
            PassageIndex.Query inquiry,
            Optional<float[]> vector,
            int depth,
            SearchSettings settings)
            throws IOException {
        var asked = vector.orElseThrow();
        var only = within(inquiry, settings);
        var words =
                settings.mode() == SearchMode.HYBRID
                        ? only.byWords(inquiry.text(), depth)
                        : List.<Hit>of();
        var found = new TreeSet<Integer>();
        words.forEach(hit -> found.add(hit.document()));
        only.nearest(asked, depth).forEach(hit -> found.add(hit.document()));
        return new Candidates(words, held.inDocuments(found, asked, settings.wholeDocument()));
    }

    /// The document that a passage is of.
    String document(Hit hit) throws IOException {
        return held.passages(List.of(hit)).getFirst().document();
    }

    /// Fetches a passage's text, if the asker may read it.
    public Passage passage(Hit hit, Principal principal) throws IOException {
        return passages(List.of(hit), principal).getFirst();
    }

    private List<Passage> passages(List<Hit> hits, Principal principal) throws IOException {
        var passages = held.passages(hits);
        passages.forEach(each -> Permission.require(each.readers(), principal, "found"));
        return passages;
    }
}
