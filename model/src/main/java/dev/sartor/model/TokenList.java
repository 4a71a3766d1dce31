package dev.sartor.model;

import java.util.Arrays;

/// Tokens as they are found, with the places that they came from. Not thread-safe.
final class TokenList {
    private int[] ids = new int[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int size;

    void add(int id, int start, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size++] = end;
    }

    void addAll(TokenList other) {
        for (int i = 0; i < other.size; i++) {
            add(other.ids[i], other.starts[i], other.ends[i]);
        }
    }

    int size() {
        return size;
    }

    /// Only the first so many stay.
    void cut(int most) {
        size = Math.clamp(most, 0, size);
    }

    int id(int index) {
        return ids[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    void move(int index, int start, int end) {
        starts[index] = start;
        ends[index] = end;
    }

    int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    int[] starts() {
        return Arrays.copyOf(starts, size);
    }

    int[] ends() {
        return Arrays.copyOf(ends, size);
    }
}
