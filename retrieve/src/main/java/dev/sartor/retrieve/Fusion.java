package dev.sartor.retrieve;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reciprocal rank fusion: a passage's score is Σ 1 / (60 + rank) over the rankings that hold it, ranks from 1
/// (Cormack, Clarke and Büttcher 2009).
final class Fusion {
    private static final double CONSTANT = 60;

    private Fusion() {}

    record Fused(int document, double score) {}

    /// @param rankings document numbers, best first
    /// @return the best `k`; equal scores by document number
    static List<Fused> reciprocalRanks(List<List<Integer>> rankings, int k) {
        Map<Integer, Double> scores = new HashMap<>();
        for (var ranking : rankings) {
            for (int i = 0; i < ranking.size(); i++) {
                scores.merge(ranking.get(i), 1 / (CONSTANT + i + 1), Double::sum);
            }
        }
        return scores.entrySet().stream()
                .map(entry -> new Fused(entry.getKey(), entry.getValue()))
                .sorted(
                        Comparator.comparingDouble(Fused::score)
                                .reversed()
                                .thenComparingInt(Fused::document))
                .limit(k)
                .toList();
    }
}
