package dev.sartor.curate.label;

import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Of each row the other rows that are the most like it, by cosine, the most alike first.
///
/// @param rows of each row the numbers of its neighbours
/// @param cosines of each row with them
record Neighbours(int[][] rows, float[][] cosines) {
    /// Of more rows so many are neighbours at most, drawn by chance: the work grows with the product of both.
    static final int MOST = 50_000;

    /// @param count how many for each row; all others, where there are fewer
    /// @param seed of the draw of neighbours, where there are more than {@link #MOST} rows
    static Neighbours of(List<float[]> vectors, int count, long seed, Progress progress) {
        int most = Math.min(count, vectors.size() - 1);
        var asked = asked(vectors.size(), seed);
        int blocks = most == 0 ? 0 : (vectors.size() + CosineBlock.MOST - 1) / CosineBlock.MOST;
        var rows = new int[vectors.size()][];
        var cosines = new float[vectors.size()][];
        try (var step = progress.begin("looking for neighbours", vectors.size(), "rows")) {
            IntStream.range(0, blocks)
                    .parallel()
                    .forEach(block -> {
                        int from = block * CosineBlock.MOST;
                        int to = Math.min(vectors.size(), from + CosineBlock.MOST);
                        var found = nearest(vectors, asked, from, to, most);
                        for (int row = from; row < to; row++) {
                            rows[row] = found[row - from].rows();
                            cosines[row] = found[row - from].cosines();
                        }
                        step.advance(to - from);
                    });
        }
        return new Neighbours(rows, cosines);
    }

    private static int[] asked(int count, long seed) {
        if (count <= MOST) {
            return IntStream.range(0, count).toArray();
        }
        return new Random(seed).ints(0, count).distinct().limit(MOST).sorted().toArray();
    }

    private static Nearest[] nearest(
            List<float[]> vectors, int[] asked, int from, int to, int most) {
        var block = new CosineBlock(vectors, from, to);
        var nearest = new Nearest[to - from];
        Arrays.setAll(nearest, _ -> new Nearest(most));
        var one = new float[CosineBlock.MOST];
        var other = new float[CosineBlock.MOST];
        for (int i = 0; i < asked.length; i += 2) {
            int second = Math.min(i + 1, asked.length - 1);
            block.with(vectors.get(asked[i]), vectors.get(asked[second]), one, other);
            for (int r = 0; r < nearest.length; r++) {
                nearest[r].offer(asked[i], one[r], from + r);
                if (second > i) {
                    nearest[r].offer(asked[second], other[r], from + r);
                }
            }
        }
        return nearest;
    }

    /// The best so far, in order; of equals the earlier.
    private static final class Nearest {
        private final int[] rows;
        private final float[] cosines;
        private int size;

        Nearest(int most) {
            this.rows = new int[most];
            this.cosines = new float[most];
        }

        void offer(int row, float cosine, int self) {
            if (row == self
                    || rows.length == 0
                    || (size == rows.length && cosine <= cosines[size - 1])) {
                return;
            }
            int at = size < rows.length ? size++ : size - 1;
            for (; at > 0 && cosines[at - 1] < cosine; at--) {
                cosines[at] = cosines[at - 1];
                rows[at] = rows[at - 1];
            }
            cosines[at] = cosine;
            rows[at] = row;
        }

        int[] rows() {
            return Arrays.copyOf(rows, size);
        }

        float[] cosines() {
            return Arrays.copyOf(cosines, size);
        }
    }
}
