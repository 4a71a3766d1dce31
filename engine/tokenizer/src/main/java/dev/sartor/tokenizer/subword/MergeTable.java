package dev.sartor.tokenizer.subword;

import java.util.Arrays;

/// Which two tokens merge into which, and in what order of preference. Immutable once filled.
public final class MergeTable {
    /// No such merge.
    static final long NONE = Long.MAX_VALUE;

    private final long[] pairs;
    private final long[] merges;
    private final int mask;
    private int size;

    @FunctionalInterface
    public interface Pairs {
        void accept(int left, int right);
    }

    public MergeTable(int expected) {
        int size = Integer.highestOneBit(Math.max(4, expected) * 2 - 1) * 2;
        pairs = new long[size];
        merges = new long[size];
        mask = size - 1;
        Arrays.fill(merges, NONE);
    }

    /// A later merge of the same pair replaces the earlier.
    public void put(int left, int right, int rank, int merged) {
        long pair = pair(left, right);
        int place = place(pair);
        while (merges[place] != NONE && pairs[place] != pair) {
            place = (place + 1) & mask;
        }
        size += merges[place] == NONE ? 1 : 0;
        pairs[place] = pair;
        merges[place] = (long) rank << 32 | merged;
    }

    /// The rank in the upper half, the merged token in the lower, or {@link #NONE}; smaller is preferred.
    public long find(int left, int right) {
        long pair = pair(left, right);
        int place = place(pair);
        while (merges[place] != NONE) {
            if (pairs[place] == pair) {
                return merges[place];
            }
            place = (place + 1) & mask;
        }
        return NONE;
    }

    int size() {
        return size;
    }

    /// In no order.
    public void forEach(Pairs each) {
        for (int place = 0; place < pairs.length; place++) {
            if (merges[place] != NONE) {
                each.accept((int) (pairs[place] >>> 32), (int) pairs[place]);
            }
        }
    }

    public static int rank(long merge) {
        return (int) (merge >>> 32);
    }

    static int merged(long merge) {
        return (int) merge;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int place(long pair) {
        long mixed = pair * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 50) & mask;
    }
}
