package dev.sartor.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;

/// The nearest vectors among those that the filter lets through. Up to some thousand passages each is compared, in
/// milliseconds: nothing is missed, and the same question always gets the same answer, which two graphs of the same
/// vectors did not give. Beyond, the graph is asked.
///
/// @param exactUpTo passages; above it HNSW
record VectorSearch(IndexSearcher searcher, int exactUpTo) {
    /// The graph is searched at least so deep; at the usual ten it misses one in seven.
    private static final int LEAST_DEPTH = 200;

    private static final Comparator<Hit> WORST_FIRST =
            Comparator.comparingDouble(Hit::score)
                    .thenComparing(Comparator.comparingInt(Hit::document).reversed());

    /// @return the best `depth`, best first; equal scores by document number
    List<Hit> nearest(float[] vector, Optional<Query> filter, int depth) throws IOException {
        return searcher.getIndexReader().numDocs() <= exactUpTo
                ? compareAll(vector, filter, depth)
                : askGraph(vector, filter, depth);
    }

    private List<Hit> askGraph(float[] vector, Optional<Query> filter, int depth)
            throws IOException {
        int deep = Math.max(depth, LEAST_DEPTH);
        var query =
                filter.map(rule -> new KnnFloatVectorQuery(IndexBuilder.VECTOR, vector, deep, rule))
                        .orElseGet(
                                () -> new KnnFloatVectorQuery(IndexBuilder.VECTOR, vector, deep));
        var hits = new ArrayList<Hit>();
        for (var hit : searcher.search(query, depth).scoreDocs) {
            // Lucene's score of an inner product is (1 + product) / 2.
            hits.add(new Hit(hit.doc, 2.0 * hit.score - 1));
        }
        return hits;
    }

    private List<Hit> compareAll(float[] vector, Optional<Query> filter, int depth)
            throws IOException {
        var best = new PriorityQueue<>(WORST_FIRST);
        for (var leaf : searcher.getIndexReader().leaves()) {
            var values = leaf.reader().getFloatVectorValues(IndexBuilder.VECTOR);
            if (values == null) {
                continue;
            }
            var admitted = admitted(leaf, filter);
            var iterator = values.iterator();
            for (int doc = admitted.nextDoc();
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = admitted.nextDoc()) {
                if (iterator.advance(doc) != doc) {
                    throw new IOException("passage " + doc + " has no vector");
                }
                best.add(
                        new Hit(
                                leaf.docBase + doc,
                                product(vector, values.vectorValue(iterator.index()))));
                if (best.size() > depth) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(WORST_FIRST.reversed()).toList();
    }

    /// A passage's vector.
    float[] vector(int document) throws IOException {
        var leaves = searcher.getIndexReader().leaves();
        var leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        var values = leaf.reader().getFloatVectorValues(IndexBuilder.VECTOR);
        if (values == null) {
            throw new IOException("passage " + document + " has no vector");
        }
        var iterator = values.iterator();
        if (iterator.advance(document - leaf.docBase) != document - leaf.docBase) {
            throw new IOException("passage " + document + " has no vector");
        }
        return values.vectorValue(iterator.index()).clone();
    }

    private DocIdSetIterator admitted(LeafReaderContext leaf, Optional<Query> filter)
            throws IOException {
        if (filter.isEmpty()) {
            return DocIdSetIterator.all(leaf.reader().maxDoc());
        }
        var rewritten = searcher.rewrite(filter.get());
        var scorer = searcher.createWeight(rewritten, ScoreMode.COMPLETE_NO_SCORES, 1).scorer(leaf);
        return scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
