package dev.sartor.curate.leak;

import java.util.Arrays;

/// From 64-bit keys to the rows that have them, in plain arrays. Keys are numbered from 0, in the order of their first rows.
final class LongPostings {
    private static final int FREE = -1;

    private final int mask;
    private final int[] table;
    private final long[] keys;
    private final int[] starts;
    private final int[] rows;
    private int count;

    /// @param keyOfEach a key, and at the same place in `rowOfEach` the row that has it
    /// @param most rows of one key; later ones are left out
    LongPostings(long[] keyOfEach, int[] rowOfEach, int most) {
        mask = Integer.highestOneBit(Math.max(1, keyOfEach.length)) * 4 - 1;
        table = new int[mask + 1];
        Arrays.fill(table, FREE);
        keys = new long[keyOfEach.length];
        var number = new int[keyOfEach.length];
        var sizes = new int[keyOfEach.length + 1];
        for (int i = 0; i < keyOfEach.length; i++) {
            number[i] = numbered(keyOfEach[i]);
            sizes[number[i]] += sizes[number[i]] < most ? 1 : 0;
        }
        starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i + 1] = starts[i] + sizes[i];
        }
        rows = new int[starts[count]];
        var next = starts.clone();
        for (int i = 0; i < number.length; i++) {
            if (next[number[i]] < starts[number[i] + 1]) {
                rows[next[number[i]]++] = rowOfEach[i];
            }
        }
    }

    int keys() {
        return count;
    }

    /// The key's number, below 0 where no row has it.
    int find(long key) {
        int slot = (int) key & mask;
        while (table[slot] != FREE && keys[table[slot]] != key) {
            slot = (slot + 1) & mask;
        }
        return table[slot];
    }

    /// The rows of a key are from here on.
    int start(int number) {
        return starts[number];
    }

    int end(int number) {
        return starts[number + 1];
    }

    int row(int at) {
        return rows[at];
    }

    private int numbered(long key) {
        int found = find(key);
        if (found != FREE) {
            return found;
        }
        int slot = (int) key & mask;
        while (table[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        keys[count] = key;
        table[slot] = count;
        return count++;
    }
}
