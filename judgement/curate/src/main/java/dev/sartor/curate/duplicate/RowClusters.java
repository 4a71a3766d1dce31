package dev.sartor.curate.duplicate;

import dev.sartor.curate.similarity.MatchKind;
import java.util.stream.IntStream;

/// Rows joined into clusters (union–find); a cluster is named by its earliest row. One thread joins, others may ask meanwhile only
/// after {@link #flatten}.
final class RowClusters {
    private final int[] parent;
    private final int[] nearest;
    private final float[] score;
    private boolean isFlat = true;

    RowClusters(int rows) {
        parent = IntStream.range(0, rows).toArray();
        nearest = new int[rows];
        score = new float[rows];
    }

    void join(int row, int other, double likeness) {
        remember(row, other, likeness);
        remember(other, row, likeness);
        int a = root(row);
        int b = root(other);
        if (a != b) {
            parent[Math.max(a, b)] = Math.min(a, b);
            isFlat = false;
        }
    }

    /// From here to the next join {@link #areJoined} takes two reads.
    void flatten() {
        if (isFlat) {
            return;
        }
        for (int row = 0; row < parent.length; row++) {
            parent[row] = parent[parent[row]]; // an earlier row, whose parent is its root by now
        }
        isFlat = true;
    }

    boolean areJoined(int row, int other) {
        return parent[row] == parent[other];
    }

    DuplicateClusters result(long comparisons) {
        flatten();
        var duplicates =
                IntStream.range(0, parent.length)
                        .filter(row -> parent[row] != row)
                        .mapToObj(row ->
                                new Duplicate(
                                        row, parent[row], nearest[row], MatchKind.NEAR, score[row]))
                        .toList();
        return new DuplicateClusters(duplicates, row -> parent[row], comparisons);
    }

    private void remember(int row, int other, double likeness) {
        float rounded = (float) likeness;
        if (rounded > score[row] || (rounded == score[row] && other < nearest[row])) {
            score[row] = rounded;
            nearest[row] = other;
        }
    }

    private int root(int row) {
        int root = row;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
