package dev.sartor.curate.duplicate;

/// The first 128 min-wise hashes of each row, 8 bits of each (b-bit minwise hashing; Li and König 2010): 128 bytes a row, by which
/// most pairs are dropped without a look at their texts. Rows are written by several threads, each row by one.
final class Sketches {
    static final int HASHES = 128;

    private static final int BITS = 8;
    private static final double BY_CHANCE = 1.0 / (1 << BITS);
    static final int LONGS = HASHES * BITS / Long.SIZE;
    private static final int ROWS = 1 << 16;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
    private static final int MULTIPLIER = 0x9E3779B1;

    private final long[][] blocks;

    Sketches(int rows) {
        blocks = new long[Math.ceilDiv(rows, ROWS)][];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new long[Math.min(ROWS, rows - i * ROWS) * LONGS];
        }
    }

    void put(int row, int[] signature) {
        put(signature, blocks[row / ROWS], row % ROWS * LONGS);
    }

    static void put(int[] signature, long[] block, int at) {
        for (int i = 0; i < HASHES; i++) {
            int bits = (signature[i] * MULTIPLIER) >>> (Integer.SIZE - BITS);
            block[at + i / BITS] |= (long) bits << (i % BITS * BITS);
        }
    }

    /// An estimate of the Jaccard similarity, with a standard error of .044 at most; below 0 where less is the same than by
    /// chance.
    double similarity(int row, int other) {
        var a = blocks[row / ROWS];
        var b = blocks[other / ROWS];
        int i = row % ROWS * LONGS;
        int j = other % ROWS * LONGS;
        return similarity(a, i, b, j);
    }

    /// The same of two rows that {@link #copy} put somewhere.
    static double similarity(long[] a, int i, long[] b, int j) {
        int same = 0;
        for (int k = 0; k < LONGS; k++) {
            long differing = a[i + k] ^ b[j + k];
            // The upper bit of each byte is set where the byte is not 0.
            long marks = ((differing & LOW) + LOW) | differing;
            same += Long.bitCount(~marks & ~LOW);
        }
        return ((double) same / HASHES - BY_CHANCE) / (1 - BY_CHANCE);
    }

    /// Puts a row's sketch where those stand that it will be compared with: rows that meet lie far from each other here.
    ///
    /// @param at which place of the copies; it takes {@link #LONGS} numbers
    void copy(int row, long[] to, int at) {
        System.arraycopy(blocks[row / ROWS], row % ROWS * LONGS, to, at * LONGS, LONGS);
    }
}
