package dev.sartor.curate.duplicate;

import dev.sartor.core.Problems;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.curate.similarity.Pieces;
import dev.sartor.curate.similarity.VectorTiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Rows whose vectors have nearly one direction. A row goes where one that stays is at least so near, so that each row that
/// goes has one that stays instead; chains of rows, of which the first and the last are far apart, are not taken for one.
///
/// All pairs are compared: 20,000 rows of 384 numbers took 14 s on two busy cores, and time grows with their square. Memory is for the vectors
/// of the rows that stay.
///
/// @param threshold the least cosine, more than 0 and at most 1
public record SemanticDuplicates(double threshold) {
    public static final double USUAL_THRESHOLD = 0.95;

    /// With more, the square of the rows takes hours.
    public static final int MOST_ROWS = 100_000;

    private static final int BLOCK = 512;
    private static final int ASKED_AT_ONCE = 32;

    public SemanticDuplicates {
        Problems.refuseUnless(
                threshold > 0 && threshold <= 1,
                "curate.semantic_duplicates.threshold",
                "more than 0 and at most 1",
                threshold,
                "0.95 finds texts that say the same in nearly the same words");
    }

    /// @param vectors of unit length by row, from 0, all of one width; a vector of zeros is like no other. Called from several
    ///     threads and more than once
    public List<Duplicate> find(int rows, IntFunction<float[]> vectors, Progress progress) {
        Problems.refuseUnless(
                rows <= MOST_ROWS,
                "the rows of semantic_duplicates",
                "at most " + MOST_ROWS,
                rows,
                "all pairs are compared; run near_duplicates first, or clean parts");
        var duplicates = new ArrayList<Duplicate>();
        if (rows == 0) {
            return duplicates;
        }
        var kept = new Kept(vectors, rows);
        try (var step = progress.begin("semantic duplicates", rows, "rows")) {
            for (int from = 0; from < rows; from += BLOCK) {
                int to = Math.min(rows, from + BLOCK);
                duplicates.addAll(kept.judge(from, to));
                step.advance(to - from);
            }
        }
        return duplicates;
    }

    /// The kept row that is nearest to another one; none where it is not near enough.
    private record Nearest(int row, double cosine) {
        static final Nearest NONE = new Nearest(-1, -1);

        Nearest or(int other, double itsCosine) {
            return itsCosine > cosine ? new Nearest(other, itsCosine) : this;
        }
    }

    /// The rows that stay so far.
    private final class Kept {
        private final IntFunction<float[]> vectors;
        private final VectorTiles tiles;
        private final int[] rows;

        Kept(IntFunction<float[]> vectors, int most) {
            this.vectors = vectors;
            tiles = new VectorTiles(vectors.apply(0).length);
            rows = new int[most];
        }

        List<Duplicate> judge(int from, int to) {
            int before = tiles.count();
            var nearest =
                    Pieces.map(to - from, ASKED_AT_ONCE, piece -> nearest(from, piece)).stream()
                            .flatMap(List::stream)
                            .toList();
            var duplicates = new ArrayList<Duplicate>();
            for (int row = from; row < to; row++) {
                var vector = vectors.apply(row);
                var best = nearest.get(row - from);
                for (int k = before; k < tiles.count(); k++) {
                    best = best.or(rows[k], cosine(vector, rows[k]));
                }
                if (best.cosine >= threshold) {
                    duplicates.add(
                            new Duplicate(
                                    row, best.row, best.row, MatchKind.SEMANTIC, best.cosine));
                } else {
                    rows[tiles.count()] = row;
                    tiles.add(vector);
                }
            }
            return duplicates;
        }

        private List<Nearest> nearest(int from, Pieces.Piece piece) {
            var asked = piece.rows().mapToObj(i -> vectors.apply(from + i)).toArray(float[][]::new);
            var nearest = new Nearest[asked.length];
            Arrays.fill(nearest, Nearest.NONE);
            tiles.near(
                    asked,
                    threshold,
                    (i, number) ->
                            nearest[i] =
                                    nearest[i].or(rows[number], cosine(asked[i], rows[number])));
            return List.of(nearest);
        }

        private double cosine(float[] vector, int row) {
            return Math.min(1, VectorProducts.product(vector, vectors.apply(row)));
        }
    }
}
