package dev.sartor.retrieve.search;

import dev.sartor.core.Problems;
import dev.sartor.retrieve.Hit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the ranking by words and the one by meaning become one.
public sealed interface Fusion {
    /// What was best where it was measured: see decision 0019.
    static Fusion usual() {
        return new ConvexCombination(0.4);
    }

    /// Reciprocal rank fusion: a passage's score is Σ 1 / (60 + rank) over the rankings that hold it, ranks from 1
    /// (Cormack, Clarke and Büttcher 2009).
    record ReciprocalRankFusion() implements Fusion {
        private static final double CONSTANT = 60;
    }

    /// The weighted sum of scores that are stretched, in each ranking, from 0 for its last passage to 1 for its first
    /// (Bruch, Gai and Ingber 2023, section 4). A passage that a ranking does not hold gets 0 from it.
    ///
    /// @param words the weight of the ranking by words, 0 to 1; that by meaning has the rest
    record ConvexCombination(double words) implements Fusion {
        public ConvexCombination {
            Problems.refuseUnless(
                    words >= 0 && words <= 1,
                    "retrieval.bm25_weight",
                    "0 to 1",
                    words,
                    "0.4 suits most documents");
        }
    }

    /// @param words best first
    /// @param meanings best first
    /// @return every passage of either, best first; equal scores by document number
    default List<Hit> fuse(List<Hit> words, List<Hit> meanings) {
        Map<Integer, Double> scores = new HashMap<>();
        switch (this) {
            case ReciprocalRankFusion() -> {
                addRanks(words, scores);
                addRanks(meanings, scores);
            }
            case ConvexCombination(double weight) -> {
                addScores(words, weight, scores);
                addScores(meanings, 1 - weight, scores);
            }
        }
        return scores.entrySet().stream()
                .map(entry -> new Hit(entry.getKey(), entry.getValue()))
                .sorted(Hit.BEST_FIRST)
                .toList();
    }

    private static void addRanks(List<Hit> ranking, Map<Integer, Double> scores) {
        for (int i = 0; i < ranking.size(); i++) {
            scores.merge(
                    ranking.get(i).document(),
                    1 / (ReciprocalRankFusion.CONSTANT + i + 1),
                    Double::sum);
        }
    }

    private static void addScores(List<Hit> ranking, double weight, Map<Integer, Double> scores) {
        if (ranking.isEmpty()) {
            return;
        }
        double last = ranking.getLast().score();
        double range = ranking.getFirst().score() - last;
        for (var hit : ranking) {
            double stretched = range == 0 ? 1 : (hit.score() - last) / range;
            scores.merge(hit.document(), weight * stretched, Double::sum);
        }
    }
}
