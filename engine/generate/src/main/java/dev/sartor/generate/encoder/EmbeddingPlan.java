package dev.sartor.generate.encoder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Puts texts of like length together, longest first. Only attention is padded, so a group is bounded by its tokens: as
/// many as keep the states of a layer in the processor's cache.
final class EmbeddingPlan {
    private static final int MOST_TOKENS = 1024;

    private EmbeddingPlan() {}

    /// @param texts tokens of each
    /// @return groups of the texts' numbers that together hold each once
    static List<List<Integer>> of(List<int[]> texts) {
        var order =
                IntStream.range(0, texts.size())
                        .boxed()
                        .sorted(Comparator.<Integer>comparingInt(i -> -texts.get(i).length))
                        .toList();
        var groups = new ArrayList<List<Integer>>();
        int at = 0;
        while (at < order.size()) {
            int count = Math.max(1, MOST_TOKENS / Math.max(1, texts.get(order.get(at)).length));
            groups.add(order.subList(at, Math.min(order.size(), at + count)));
            at += count;
        }
        return groups;
    }
}
