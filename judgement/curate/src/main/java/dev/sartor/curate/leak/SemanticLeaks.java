package dev.sartor.curate.leak;

import dev.sartor.core.Problems;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.curate.similarity.Pieces;
import dev.sartor.curate.similarity.VectorTiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Test rows whose vectors have nearly the direction of another row's. All pairs are compared; memory grows with the test rows.
///
/// @param threshold the least cosine, more than 0 and at most 1
public record SemanticLeaks(double threshold) {
    private static final int AT_ONCE = 1 << 16;
    private static final int PIECE = 32;

    public SemanticLeaks {
        Problems.refuseUnless(
                threshold > 0 && threshold <= 1,
                "the threshold of semantic leaks",
                "more than 0 and at most 1",
                threshold,
                "0.95 finds texts that say the same in nearly the same words");
    }

    /// @param tests vectors of unit length, one for each test row; of zeros, it is like no other
    /// @param otherVectors of unit length and the same width by row, from 0; called from several threads
    /// @return in the order of the test rows, of each at most five, the nearest first
    public List<Leak> find(
            List<float[]> tests, int others, IntFunction<float[]> otherVectors, Progress progress) {
        if (tests.isEmpty()) {
            return List.of();
        }
        var best = new BestOthers(tests.size());
        var tiles = new VectorTiles(tests.getFirst().length);
        tests.forEach(tiles::add);
        try (var step = progress.begin("semantic leaks", others, "rows")) {
            for (int from = 0; from < others; from += AT_ONCE) {
                int first = from;
                int count = Math.min(AT_ONCE, others - from);
                IntFunction<float[]> shifted = i -> otherVectors.apply(first + i);
                Pieces.map(count, PIECE, piece -> near(tests, tiles, shifted, piece)).stream()
                        .flatMap(List::stream)
                        .forEach(leak -> best.add(leak.test(), first + leak.other(), leak.score()));
                step.advance(count);
            }
        }
        return IntStream.range(0, tests.size())
                .boxed()
                .flatMap(test -> best.leaks(test, MatchKind.SEMANTIC))
                .toList();
    }

    private List<Leak> near(
            List<float[]> tests,
            VectorTiles tiles,
            IntFunction<float[]> vectors,
            Pieces.Piece piece) {
        var asked = piece.rows().mapToObj(vectors).toArray(float[][]::new);
        var found = new ArrayList<Leak>();
        tiles.near(
                asked,
                threshold,
                (i, test) -> {
                    double cosine = VectorProducts.product(asked[i], tests.get(test));
                    if (cosine >= threshold) {
                        found.add(
                                new Leak(
                                        test,
                                        piece.from() + i,
                                        MatchKind.SEMANTIC,
                                        Math.min(1, cosine)));
                    }
                });
        return found;
    }
}
