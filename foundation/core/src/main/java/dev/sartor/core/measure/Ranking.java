package dev.sartor.core.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// One question's documents in the order in which trec_eval sees them: by score, which it holds in 32 bits, equal scores
/// by id's bytes, both descending.
public record Ranking(List<String> ids) {
    public Ranking {
        ids = List.copyOf(ids);
    }

    public static Ranking of(Map<String, Double> scores) {
        return new Ranking(
                scores.entrySet().stream()
                        .sorted(
                                Comparator.<Map.Entry<String, Double>>comparingDouble(
                                                e -> e.getValue().floatValue())
                                        .thenComparing(Map.Entry::getKey, Ranking::bytes)
                                        .reversed())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static int bytes(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
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
        long relevant = relevant(judged);
        long found = ids.stream().limit(k).filter(id -> isRelevant(id, judged)).count();
        return relevant == 0 ? 0 : (double) found / relevant;
    }

    /// One over the rank of the first relevant document among the first `k`; 0 where there is none.
    public double reciprocalRank(Map<String, Integer> judged, int k) {
        for (int i = 0; i < Math.min(k, ids.size()); i++) {
            if (isRelevant(ids.get(i), judged)) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    /// The mean over all relevant documents of the precision at their ranks, 0 for those not among the first `k`; 0 where
    /// nothing is relevant.
    public double averagePrecision(Map<String, Integer> judged, int k) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < Math.min(k, ids.size()); i++) {
            if (isRelevant(ids.get(i), judged)) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return found == 0 ? 0 : sum / relevant(judged);
    }

    private static boolean isRelevant(String id, Map<String, Integer> judged) {
        return judged.getOrDefault(id, 0) > 0;
    }

    private static long relevant(Map<String, Integer> judged) {
        return judged.values().stream().filter(rel -> rel > 0).count();
    }

    private static double gain(List<Integer> relevances, int k) {
        double sum = 0;
        for (int i = 0; i < Math.min(k, relevances.size()); i++) {
            sum += Math.max(0, relevances.get(i)) * Math.log(2) / Math.log(i + 2);
        }
        return sum;
    }
}
