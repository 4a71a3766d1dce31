package dev.sartor.curate.quality;

import java.util.Arrays;

/// Counts of 64-bit hashes, by open addressing.
final class LongCounts {
    private long[] keys = new long[16];
    private int[] counts = new int[16];
    private int size;

    /// @return how often it has been added, this time included
    int add(long hash) {
        if (2 * size >= keys.length) {
            grow();
        }
        int at = place(hash);
        if (counts[at] == 0) {
            keys[at] = hash;
            size++;
        }
        return ++counts[at];
    }

    int of(long hash) {
        return counts[place(hash)];
    }

    /// Where it stands, or would stand.
    private int place(long hash) {
        int at = (int) mixed(hash) & (keys.length - 1);
        while (counts[at] != 0 && keys[at] != hash) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        var oldKeys = keys;
        var oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                counts[at] = oldCounts[i];
            }
        }
    }

    /// The hashes that were added at least so often, ascending.
    long[] atLeast(int count) {
        var found = new long[size];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] >= Math.max(1, count)) {
                found[n++] = keys[i];
            }
        }
        var sorted = Arrays.copyOf(found, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /// The finaliser of MurmurHash3.
    static long mixed(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    /// Of the characters from one place to before another.
    static long hash(CharSequence text, int begin, int end) {
        long h = 1125899906842597L + (end - begin);
        for (int i = begin; i < end; i++) {
            h = h * 0x9E3779B97F4A7C15L + text.charAt(i);
        }
        return mixed(h);
    }
}
