package dev.sartor.curate.row;

import dev.sartor.core.SartorException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// Where each row stands in the stored file, and where it came from: 20 bytes a row.
final class StoreIndex {
    private static final int MARK = 0x53524F57; // "SROW"
    private static final int MOST_ROWS = 100_000_000;

    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private int[] inputs = new int[1024];
    private int[] lines = new int[1024];
    private int size;

    int size() {
        return size;
    }

    long offset(int row) {
        return offsets[row];
    }

    int length(int row) {
        return lengths[row];
    }

    int input(int row) {
        return inputs[row];
    }

    int line(int row) {
        return lines[row];
    }

    void add(long offset, int length, int input, int line) {
        if (size == MOST_ROWS) {
            throw SartorException.user(
                    "at most "
                            + MOST_ROWS
                            + " rows are cleaned at once: clean the files one by one");
        }
        if (size == offsets.length) {
            int more = size + size / 2;
            offsets = Arrays.copyOf(offsets, more);
            lengths = Arrays.copyOf(lengths, more);
            inputs = Arrays.copyOf(inputs, more);
            lines = Arrays.copyOf(lines, more);
        }
        offsets[size] = offset;
        lengths[size] = length;
        inputs[size] = input;
        lines[size++] = line;
    }

    void move(int row, long offset, int length) {
        offsets[row] = offset;
        lengths[row] = length;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(MARK);
        out.writeInt(size);
        for (int row = 0; row < size; row++) {
            out.writeLong(offsets[row]);
            out.writeInt(lengths[row]);
            out.writeInt(inputs[row]);
            out.writeInt(lines[row]);
        }
    }

    static StoreIndex readFrom(DataInputStream in) throws IOException {
        var index = new StoreIndex();
        if (in.readInt() != MARK) {
            throw new IOException("is no index of rows");
        }
        int size = in.readInt();
        for (int row = 0; row < size; row++) {
            index.add(in.readLong(), in.readInt(), in.readInt(), in.readInt());
        }
        return index;
    }
}
