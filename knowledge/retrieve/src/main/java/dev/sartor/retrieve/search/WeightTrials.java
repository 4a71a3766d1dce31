package dev.sartor.retrieve.search;

import dev.sartor.core.measure.Ranking;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tries weights of words from 0 to 1 by twentieths on questions whose relevant documents are known: both rankings are
/// made once for each question, and fused by each weight. Not thread-safe.
final class WeightTrials {
    private static final int STEPS = 20;
    private static final int CUT = 10;
    private static final SearchSettings USUAL = SearchSettings.of(SearchMode.HYBRID);

    private final PassageSearch search;
    private final double[] sums = new double[STEPS + 1];
    private int questions;

    WeightTrials(PassageSearch search) {
        this.search = search;
    }

    void add(PassageIndex.Query inquiry, float[] vector, Set<String> relevant) throws IOException {
        var candidates =
                search.candidates(inquiry, Optional.of(vector), PassageSearch.DEPTH, USUAL);
        var documents = new HashMap<Integer, String>();
        for (var hit : candidates.meanings()) {
            documents.put(hit.document(), search.document(hit));
        }
        var judged = relevant.stream().collect(Collectors.toMap(id -> id, id -> 1));
        for (int step = 0; step <= STEPS; step++) {
            var fused =
                    new Fusion.ConvexCombination((double) step / STEPS)
                            .fuse(candidates.words(), candidates.meanings());
            sums[step] += ranking(fused, documents).ndcg(judged, CUT);
        }
        questions++;
    }

    private static Ranking ranking(List<Hit> hits, Map<Integer, String> documents) {
        return new Ranking(
                hits.stream()
                        .map(hit -> documents.getOrDefault(hit.document(), ""))
                        .distinct()
                        .toList());
    }

    /// By weight.
    List<WeightTrial> all() {
        var trials = new ArrayList<WeightTrial>();
        for (int step = 0; step <= STEPS; step++) {
            trials.add(new WeightTrial((double) step / STEPS, sums[step] / Math.max(1, questions)));
        }
        return trials;
    }
}
