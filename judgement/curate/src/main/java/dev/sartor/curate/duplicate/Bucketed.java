package dev.sartor.curate.duplicate;

import dev.sartor.curate.similarity.Pieces;
import java.util.Arrays;
import java.util.stream.LongStream;

/// The rows of one band, sorted by their keys: rows with one key stand beside each other, in their order, and are a bucket.
final class Bucketed {
    /// How many places before it each row is compared with.
    static final int WINDOW = Byte.SIZE;

    private static final int PIECE = 1 << 15;

    /// Their sketches take half a mebibyte, which stays in a core's own cache.
    private static final int SKETCHES = 1 << 12;

    private final long[] sorted;

    Bucketed(int[] keys) {
        sorted = new long[keys.length];
        for (int row = 0; row < keys.length; row++) {
            sorted[row] = ((long) keys[row] << 32) | row;
        }
        Arrays.parallelSort(sorted);
    }

    /// Whether two rows are worth comparing. Called from several threads.
    interface Filter {
        boolean admits(int row, int earlier);
    }

    /// Rows in the largest bucket.
    int largest() {
        int largest = 1;
        int from = 0;
        for (int i = 1; i < sorted.length; i++) {
            from = key(i) == key(from) ? from : i;
            largest = Math.max(largest, i - from + 1);
        }
        return largest;
    }

    /// Of each place those of the {@value #WINDOW} before it in its bucket whose sketches are similar enough: the bit d − 1 for the
    /// place d before.
    byte[] similar(Sketches sketches, double least) {
        var similar = new byte[sorted.length];
        Pieces.map(
                sorted.length,
                SKETCHES,
                piece -> {
                    compare(piece, sketches, least, similar);
                    return piece;
                });
        return similar;
    }

    private void compare(Pieces.Piece piece, Sketches sketches, double least, byte[] similar) {
        int begin = Math.max(0, piece.from() - WINDOW);
        var copies = new long[(piece.to() - begin) * Sketches.LONGS];
        int first = firstOfBucket(begin);
        for (int i = begin; i < piece.to(); i++) {
            first = key(i) == key(first) ? first : i;
            boolean isAlone = i == first && (i + 1 == sorted.length || key(i + 1) != key(i));
            if (isAlone) {
                continue;
            }
            sketches.copy((int) sorted[i], copies, i - begin);
            int last = Math.max(Math.max(first, begin), i - WINDOW);
            for (int other = i - 1; other >= last && i >= piece.from(); other--) {
                double found =
                        Sketches.similarity(
                                copies,
                                (i - begin) * Sketches.LONGS,
                                copies,
                                (other - begin) * Sketches.LONGS);
                if (found >= least) {
                    similar[i] |= (byte) (1 << (i - other - 1));
                }
            }
        }
    }

    /// Each row with the one that stands so many places before it in its bucket.
    ///
    /// @param similar of each place, see {@link #similar}
    /// @return pairs, see {@link #row} and {@link #earlier}
    long[] pairs(int distance, byte[] similar, Filter filter) {
        int bit = 1 << (distance - 1);
        return collected(
                (i, first) -> (similar[i] & bit) != 0 && i - distance >= first ? i - distance : i,
                filter);
    }

    /// Each row with the first in its bucket.
    long[] pairsWithFirst(Filter filter) {
        return collected((i, first) -> first, filter);
    }

    static int row(long pair) {
        return (int) (pair >>> 32);
    }

    static int earlier(long pair) {
        return (int) pair;
    }

    /// Which place a row is paired with; its own is none.
    private interface Partner {
        int of(int place, int first);
    }

    private long[] collected(Partner partner, Filter filter) {
        return Pieces.map(sorted.length, PIECE, piece -> collected(piece, partner, filter)).stream()
                .flatMapToLong(Arrays::stream)
                .toArray();
    }

    private long[] collected(Pieces.Piece piece, Partner partner, Filter filter) {
        var pairs = LongStream.builder();
        int first = firstOfBucket(piece.from());
        for (int i = piece.from(); i < piece.to(); i++) {
            first = key(i) == key(first) ? first : i;
            int other = partner.of(i, first);
            if (other != i && filter.admits((int) sorted[i], (int) sorted[other])) {
                pairs.add((sorted[i] << 32) | (sorted[other] & 0xFFFFFFFFL));
            }
        }
        return pairs.build().toArray();
    }

    private int firstOfBucket(int place) {
        int found = Arrays.binarySearch(sorted, (long) key(place) << 32);
        return found < 0 ? -found - 1 : found;
    }

    private int key(int place) {
        return (int) (sorted[place] >> 32);
    }
}
