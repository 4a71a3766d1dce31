package dev.sartor.curate.select;

import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// Rows that are like those of a task: each of the task's rows in turn takes the nearest row that is left, by the cosine of their vectors (RDS+,
/// Ivison et al. 2025, arXiv 2503.01807, with the embedder's vectors in place of a language model's).
public final class NearestInTurn {
    private static final int MORE = 64;

    private NearestInTurn() {}

    /// @param rows to choose from
    /// @param like the task's
    /// @param count at most as many as there are rows
    /// @return the numbers of the chosen rows, in the order in which they were taken
    public static int[] choose(
            List<float[]> rows, List<float[]> like, int count, Progress progress) {
        var taken = new BitSet(rows.size());
        var chosen = new int[count];
        int depth = Math.min(rows.size(), 2 * count / like.size() + MORE);
        var rankings = new int[like.size()][];
        var next = new int[like.size()];
        try (var step = progress.begin("choosing rows", count, "rows")) {
            for (int n = 0; n < count; n++) {
                int guide = n % like.size();
                if (rankings[guide] == null) {
                    rankings[guide] = ranking(rows, like.get(guide), depth);
                }
                while (next[guide] < rankings[guide].length
                        && taken.get(rankings[guide][next[guide]])) {
                    next[guide]++;
                    if (next[guide] == rankings[guide].length && next[guide] < rows.size()) {
                        rankings[guide] =
                                ranking(
                                        rows,
                                        like.get(guide),
                                        Math.min(rows.size(), 4 * next[guide]));
                    }
                }
                chosen[n] = rankings[guide][next[guide]];
                taken.set(chosen[n]);
                step.advance(1);
            }
        }
        return chosen;
    }

    private static int[] ranking(List<float[]> rows, float[] like, int depth) {
        var near = new double[rows.size()];
        IntStream.range(0, near.length)
                .parallel()
                .forEach(row -> near[row] = VectorProducts.product(rows.get(row), like));
        return IntStream.range(0, near.length)
                .boxed()
                .sorted((a, b) -> Double.compare(near[b], near[a]))
                .limit(depth)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
