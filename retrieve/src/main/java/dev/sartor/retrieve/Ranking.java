package dev.sartor.retrieve;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// One question's documents in the order in which trec_eval sees them: by score, equal scores by id, both descending.
public record Ranking(List<String> ids) {
    public Ranking {
        ids = List.copyOf(ids);
    }

    public static Ranking of(Map<String, Double> scores) {
        return new Ranking(
                scores.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Double>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey())
                                        .reversed())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /// Gain rel / log2(rank + 1), divided by that of the best possible order of all judged documents; 0 where nothing
    /// is relevant.
    ///
    /// @param judged relevance by document id; documents not in it count 0
    public double ndcg(Map<String, Integer> judged, int k) {
        double ideal = gain(judged.values().stream().sorted(Comparator.reverseOrder()).toList(), k);
        return ideal == 0
                ? 0
                : gain(ids.stream().map(id -> judged.getOrDefault(id, 0)).toList(), k) / ideal;
    }

    /// The share of all relevant documents that stand among the first `k`; 0 where nothing is relevant.
    public double recall(Map<String, Integer> judged, int k) {
        long relevant = judged.values().stream().filter(rel -> rel > 0).count();
        long found = ids.stream().limit(k).filter(id -> judged.getOrDefault(id, 0) > 0).count();
        return relevant == 0 ? 0 : (double) found / relevant;
    }

    private static double gain(List<Integer> relevances, int k) {
        double sum = 0;
        for (int i = 0; i < Math.min(k, relevances.size()); i++) {
            sum += Math.max(0, relevances.get(i)) * Math.log(2) / Math.log(i + 2);
        }
        return sum;
    }
}
