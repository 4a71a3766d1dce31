package dev.sartor.curate.similarity;

import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Rows in pieces of a fixed size, which all cores work on. What comes of them is in their order, so that it does not depend on
/// the number of cores.
public final class Pieces {
    private static final int ROWS = 512;

    private Pieces() {}

    /// The rows from one number to another, which is not among them.
    public record Piece(int from, int to) {
        public IntStream rows() {
            return IntStream.range(from, to);
        }
    }

    public static <T> List<T> map(int rows, int pieceRows, Function<Piece, T> work) {
        return IntStream.range(0, Math.ceilDiv(rows, pieceRows))
                .parallel()
                .mapToObj(i -> piece(i, rows, pieceRows))
                .map(work)
                .toList();
    }

    /// @param work is called from several threads, each time with other rows
    public static void forEach(int rows, Progress.Step step, IntConsumer work) {
        IntStream.range(0, Math.ceilDiv(rows, ROWS))
                .parallel()
                .mapToObj(i -> piece(i, rows, ROWS))
                .forEach(piece -> {
                    piece.rows().forEach(work);
                    step.advance(piece.to - piece.from);
                });
    }

    private static Piece piece(int i, int rows, int pieceRows) {
        return new Piece(i * pieceRows, (int) Math.min(rows, (i + 1L) * pieceRows));
    }
}
