package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.access.Permission;
import dev.sartor.retrieve.field.PageField;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.WordQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// The way from a question to passages over one commit of an index: candidates by words and by meaning among those that
/// the asker may read, their fusion, the choice among them.
///
/// @param rules those of the index
public record PassageSearch(
        IndexSearcher searcher, Analyzer analyzer, AccessRules rules, VectorSearch vectors) {
    /// How deep each of two rankings is read before they are fused.
    static final int DEPTH = 100;

    /// @param vector the question's; empty where only words are searched
    /// @return at most `k`, best first
    public List<Passage> best(
            PassageIndex.Query inquiry, Optional<float[]> vector, int k, SearchSettings settings)
            throws IOException {
        boolean isEmpty = searcher.getIndexReader().numDocs() == 0; // Lucene collects at least one
        if (isEmpty || inquiry.text().isBlank()) {
            return List.of();
        }
        int depth = depth(k, settings);
        var found =
                switch (settings.mode()) {
                    case BM25 -> byWords(inquiry, depth, within(inquiry, settings));
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
                new MaximalMarginalRelevance(settings.mmrLambda())
                        .chosen(ranked, k, vectors::vector);
        var passages = new ArrayList<Passage>();
        for (var hit : chosen) {
            passages.add(passage(hit, inquiry.principal()));
        }
        return settings.joined() ? Neighbours.joined(passages) : passages;
    }

    private int depth(int k, SearchSettings settings) {
        boolean chooses = settings.mode() != SearchMode.BM25 || settings.mmrLambda() < 1;
        int reranked = settings.reranking().map(Reranking::depth).orElse(0);
        int wanted = Math.max(k, Math.max(reranked, chooses ? DEPTH : 0));
        return Math.min(searcher.getIndexReader().numDocs(), wanted);
    }

    /// What both kinds of search are restricted to: of what the asker may read, what the settings' conditions hold for.
    private Optional<Query> within(PassageIndex.Query inquiry, SearchSettings settings)
            throws IOException {
        return settings.where().within(rules.filter(inquiry.principal()), searcher);
    }

    /// Gives the first of them to the reranker, if the asker may read each.
    public List<Hit> reranked(List<Hit> found, PassageIndex.Query inquiry, Reranking reranking)
            throws IOException {
        var texts = new ArrayList<String>();
        for (var hit : found.subList(0, Math.min(reranking.depth(), found.size()))) {
            var chunk = StoredPassages.chunk(searcher.storedFields().document(hit.document()));
            Permission.require(chunk.readers(), inquiry.principal(), "reranked");
            texts.add(chunk.indexed());
        }
        return reranking.ranked(inquiry.text(), found, texts);
    }

    /// @return the best `depth`, best first
    private List<Hit> byWords(PassageIndex.Query inquiry, int depth, Optional<Query> only)
            throws IOException {
        var words = new WordQuery(analyzer, searcher.getIndexReader()).of(inquiry.text());
        var query = new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST);
        only.ifPresent(each -> query.add(each, BooleanClause.Occur.FILTER));
        var hits = new ArrayList<Hit>();
        // Nobody asks how many there are: what cannot be among the best is passed over from the
        // first hit on.
        var best = new TopScoreDocCollectorManager(depth, null, depth);
        for (var hit : searcher.search(query.build(), best).scoreDocs) {
            hits.add(new Hit(hit.doc, hit.score));
        }
        return hits;
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
                        ? byWords(inquiry, depth, only)
                        : List.<Hit>of();
        var found = new TreeSet<Integer>();
        words.forEach(hit -> found.add(hit.document()));
        vectors.nearest(asked, only, depth).forEach(hit -> found.add(hit.document()));
        return new Candidates(words, vectors.inDocuments(found, asked, settings.wholeDocument()));
    }

    /// The document that a passage is of.
    String document(Hit hit) throws IOException {
        return searcher.storedFields()
                .document(hit.document(), Set.of(IndexBuilder.DOCUMENT))
                .get(IndexBuilder.DOCUMENT);
    }

    /// Fetches a passage's text, if the asker may read it.
    public Passage passage(Hit hit, Principal principal) throws IOException {
        var stored = searcher.storedFields().document(hit.document());
        var readers = rules.rule(stored.get(AccessRules.FIELD));
        Permission.require(readers, principal, "found");
        return new Passage(
                stored.get(IndexBuilder.ID),
                stored.get(IndexBuilder.DOCUMENT),
                stored.get(IndexBuilder.SECTION),
                stored.get(IndexBuilder.TEXT),
                hit.score(),
                readers,
                PageField.of(stored),
                StoredPassages.language(stored).map(Analysis::label).orElse(""));
    }
}
