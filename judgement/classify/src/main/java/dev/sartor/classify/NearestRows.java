package dev.sartor.classify;

import dev.sartor.core.measure.VectorProducts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The rows whose vectors are the most like another, by the inner product of vectors of unit length. Safe for concurrent callers.
public final class NearestRows {
    private static final Comparator<Row> LEAST_FIRST =
            Comparator.comparingDouble(Row::similarity)
                    .thenComparing(Comparator.comparingInt(Row::row).reversed());

    private final float[][] vectors;

    /// @param vectors of the rows, all of one dimension; at least one
    public NearestRows(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("needs at least one row");
        }
        this.vectors = vectors.toArray(float[][]::new);
    }

    /// @param row from 0, in the order of the vectors
    public record Row(int row, double similarity) {}

    /// @param count how many; all there are, where there are fewer
    /// @return the most alike first, of equals the earlier
    public List<Row> of(float[] vector, int count) {
        var best = new PriorityQueue<>(LEAST_FIRST);
        for (int i = 0; i < vectors.length; i++) {
            best.add(new Row(i, VectorProducts.product(vector, vectors[i])));
            if (best.size() > count) {
                best.remove();
            }
        }
        return best.stream().sorted(LEAST_FIRST.reversed()).toList();
    }

    /// The vote of the nearest rows. Of equally many votes the label whose rows are the more alike wins.
    ///
    /// @param count of voters
    /// @param labels of each row, from 0
    /// @param classes how many labels there are
    /// @return the logarithm of each label's share, of votes to which each label was given a hundredth of one
    public double[] vote(float[] vector, int count, int[] labels, int classes) {
        var votes = new double[classes];
        Arrays.fill(votes, 0.01);
        var voters = of(vector, count);
        for (var voter : voters) {
            votes[labels[voter.row()]] += 1 + 1e-6 * voter.similarity();
        }
        double all = Arrays.stream(votes).sum();
        for (int c = 0; c < classes; c++) {
            votes[c] = Math.log(votes[c] / all);
        }
        return votes;
    }
}
