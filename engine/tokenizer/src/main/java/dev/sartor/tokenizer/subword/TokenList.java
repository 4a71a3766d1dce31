package dev.sartor.tokenizer.subword;

import java.util.Arrays;

/// Tokens as they are found, with the places that they came from. Not thread-safe.
public final class TokenList {
    private int[] ids = new int[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int size;

    public void add(int id, int start, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size++] = end;
    }

    public void addAll(TokenList other) {
        for (int i = 0; i < other.size; i++) {
            add(other.ids[i], other.starts[i], other.ends[i]);
        }
    }

    public int size() {
        return size;
    }

    /// Only the first so many stay.
    public void cut(int most) {
        size = Math.clamp(most, 0, size);
    }

    public int id(int index) {
        return ids[index];
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    public void move(int index, int start, int end) {
        starts[index] = start;
        ends[index] = end;
    }

    public int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    public int[] starts() {
        return Arrays.copyOf(starts, size);
    }

    public int[] ends() {
        return Arrays.copyOf(ends, size);
    }
}
