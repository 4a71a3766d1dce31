package dev.sartor.retrieve.search;

import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.VectorUtil;

/// The nearest vectors among those that the filter lets through. Up to some thousand of them each is compared, in
/// milliseconds: nothing is missed, and the same question always gets the same answer, which two graphs of the same
/// vectors did not give. Beyond, the graph is asked, and the comparison again where it finds fewer than it could.
///
/// @param exactUpTo permitted passages; above it HNSW
public record VectorSearch(IndexSearcher searcher, int exactUpTo) {
    /// The graph is searched at least so deep; at the usual ten it misses one in seven.
    private static final int LEAST_DEPTH = 200;

    /// So many more than wanted are kept by their products in 32 bits.
    private static final int SPARE = 20;

    /// @return the best `depth`, best first; equal scores by document number; all that the filter lets through where
    ///     they are fewer
    public List<Hit> nearest(float[] vector, Optional<Query> filter, int depth) throws IOException {
        var rule = filter.isEmpty() ? filter : Optional.of(searcher.rewrite(filter.get()));
        int permitted =
                rule.isEmpty() ? searcher.getIndexReader().numDocs() : searcher.count(rule.get());
        if (permitted > exactUpTo) {
            var hits = askGraph(vector, rule, depth);
            if (hits.size() >= Math.min(depth, permitted)) {
                return hits;
            }
        }
        return compareAll(vector, rule, depth);
    }

    private List<Hit> askGraph(float[] vector, Optional<Query> filter, int depth)
            throws IOException {
        int deep = Math.max(depth, LEAST_DEPTH);
        var query =
                filter.map(rule -> new KnnFloatVectorQuery(IndexBuilder.VECTOR, vector, deep, rule))
                        .orElseGet(
                                () -> new KnnFloatVectorQuery(IndexBuilder.VECTOR, vector, deep));
        var hits = new ArrayList<Hit>();
        for (var hit : searcher.search(query, deep).scoreDocs) {
            hits.add(new Hit(hit.doc, hit.score));
        }
        return measured(hits, vector, depth);
    }

    private List<Hit> compareAll(float[] vector, Optional<Query> filter, int depth)
            throws IOException {
        int most = depth + SPARE;
        var best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
        for (var leaf : searcher.getIndexReader().leaves()) {
            var values = leaf.reader().getFloatVectorValues(IndexBuilder.VECTOR);
            if (values == null) {
                continue;
            }
            var iterator = values.iterator();
            var admitted = filter.isEmpty() ? iterator : admitted(leaf, filter.get());
            var live = leaf.reader().getLiveDocs();
            for (int doc = admitted.nextDoc();
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = admitted.nextDoc()) {
                if (live != null && !live.get(doc)) {
                    continue;
                }
                if (filter.isPresent() && iterator.advance(doc) != doc) {
                    throw new IOException("passage " + doc + " has no vector");
                }
                var score = VectorUtil.dotProduct(vector, values.vectorValue(iterator.index()));
                if (best.size() < most || score > best.element().score()) {
                    best.add(new Hit(leaf.docBase + doc, score));
                    if (best.size() > most) {
                        best.remove();
                    }
                }
            }
        }
        return measured(List.copyOf(best), vector, depth);
    }

    /// The products in 64 bits, summed in one order: those in 32 may differ in their last bits from run to run.
    private List<Hit> measured(List<Hit> hits, float[] vector, int depth) throws IOException {
        var stored = new StoredVectors(searcher.getIndexReader());
        var passages = hits.stream().mapToInt(Hit::document).sorted().toArray();
        var measured = new ArrayList<Hit>();
        for (int passage : passages) {
            measured.add(new Hit(passage, VectorProducts.product(vector, stored.of(passage))));
        }
        return measured.stream().sorted(Hit.BEST_FIRST).limit(depth).toList();
    }

    /// The similarity of these passages, in which their documents' vectors have a share.
    ///
    /// @return best first
    List<Hit> inDocuments(SortedSet<Integer> passages, float[] vector, double share)
            throws IOException {
        var stored = new StoredVectors(searcher.getIndexReader());
        var hits = new ArrayList<Hit>();
        for (int passage : passages) {
            double own = VectorProducts.product(vector, stored.of(passage));
            var whole = share == 0 ? Optional.<float[]>empty() : stored.ofItsDocument();
            double score =
                    whole.isEmpty()
                            ? own
                            : (1 - share) * own
                                    + share * VectorProducts.product(vector, whole.get());
            hits.add(new Hit(passage, score));
        }
        return hits.stream().sorted(Hit.BEST_FIRST).toList();
    }

    /// A passage's vector.
    float[] vector(int document) throws IOException {
        return new StoredVectors(searcher.getIndexReader()).of(document).clone();
    }

    private DocIdSetIterator admitted(LeafReaderContext leaf, Query filter) throws IOException {
        var weight = searcher.createWeight(filter, ScoreMode.COMPLETE_NO_SCORES, 1);
        var scorer = weight.scorer(leaf);
        return scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
    }
}
