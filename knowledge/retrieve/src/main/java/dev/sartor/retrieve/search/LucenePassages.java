package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.field.PageField;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.WordQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// Passages in Lucene at one commit.
///
/// @param rules those of the index
record LucenePassages(
        IndexSearcher searcher, Analyzer analyzer, AccessRules rules, VectorSearch vectors)
        implements SearchablePassages {
    @Override
    public int most() {
        return searcher.getIndexReader().numDocs();
    }

    @Override
    public Within within(Principal principal, Conditions where) throws IOException {
        return new Restricted(where.within(rules.filter(principal), searcher));
    }

    /// What lies within a query; everything, where there is none.
    private final class Restricted implements Within {
        private final Optional<Query> only;

        Restricted(Optional<Query> only) {
            this.only = only;
        }

        @Override
        public List<Hit> byWords(String question, int depth) throws IOException {
            var words = new WordQuery(analyzer, searcher.getIndexReader()).of(question);
            var query = new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST);
            only.ifPresent(each -> query.add(each, BooleanClause.Occur.FILTER));
            var hits = new ArrayList<Hit>();
            // Nobody asks how many there are: what cannot be among the best is passed over from
            // the first hit on.
            var best = new TopScoreDocCollectorManager(depth, null, depth);
            for (var hit : searcher.search(query.build(), best).scoreDocs) {
                hits.add(new Hit(hit.doc, hit.score));
            }
            return hits;
        }

        @Override
        public List<Hit> nearest(float[] vector, int depth) throws IOException {
            return vectors.nearest(vector, only, depth);
        }
    }

    @Override
    public List<Hit> inDocuments(SortedSet<Integer> passages, float[] vector, double share)
            throws IOException {
        return vectors.inDocuments(passages, vector, share);
    }

    @Override
    public float[] vector(int passage) throws IOException {
        return vectors.vector(passage);
    }

    @Override
    public List<Passage> passages(List<Hit> hits) throws IOException {
        var passages = new ArrayList<Passage>();
        for (var hit : hits) {
            var stored = searcher.storedFields().document(hit.document());
            passages.add(
                    new Passage(
                            stored.get(IndexBuilder.ID),
                            stored.get(IndexBuilder.DOCUMENT),
                            stored.get(IndexBuilder.SECTION),
                            stored.get(IndexBuilder.TEXT),
                            hit.score(),
                            rules.rule(stored.get(AccessRules.FIELD)),
                            PageField.of(stored),
                            StoredPassages.language(stored).map(Analysis::label).orElse("")));
        }
        return passages;
    }

    @Override
    public List<Chunk> chunks(List<Hit> hits) throws IOException {
        var chunks = new ArrayList<Chunk>();
        for (var hit : hits) {
            chunks.add(StoredPassages.chunk(searcher.storedFields().document(hit.document())));
        }
        return chunks;
    }
}
