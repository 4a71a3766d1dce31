package dev.sartor.curate.similarity;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Rows whose texts are the same: found by their hashes, then checked on the texts.
public final class EqualTexts {
    /// Texts with one hash that differ are looked through so often; that two of them meet by chance has never been seen.
    private static final int ROUNDS = 8;

    private static final int FREE = -1;

    private EqualTexts() {}

    /// Whether two rows' texts are really the same. Called from several threads.
    public interface Check {
        boolean areSame(int row, int earlier);
    }

    /// @return for each row the earliest whose text is the same, itself where there is none
    public static int[] earliest(long[] hashes, Check check) {
        var earliest = IntStream.range(0, hashes.length).toArray();
        var open = earliest.clone();
        for (int round = 0; round < ROUNDS && open.length > 1; round++) {
            var rows = open;
            var first = firstOfEachHash(hashes, rows);
            var differ = new boolean[rows.length];
            IntStream.range(0, rows.length)
                    .parallel()
                    .filter(i -> first[i] != rows[i])
                    .forEach(i -> {
                        if (check.areSame(rows[i], first[i])) {
                            earliest[rows[i]] = first[i];
                        } else {
                            differ[i] = true;
                        }
                    });
            open =
                    IntStream.range(0, rows.length)
                            .filter(i -> differ[i])
                            .map(i -> rows[i])
                            .toArray();
        }
        return earliest;
    }

    /// For each of the rows the first among them with its hash.
    private static int[] firstOfEachHash(long[] hashes, int[] rows) {
        int mask = Integer.highestOneBit(Math.max(1, rows.length)) * 4 - 1;
        var table = new int[mask + 1];
        Arrays.fill(table, FREE);
        var first = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int slot = (int) hashes[rows[i]] & mask;
            while (table[slot] != FREE && hashes[table[slot]] != hashes[rows[i]]) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] == FREE) {
                table[slot] = rows[i];
            }
            first[i] = table[slot];
        }
        return first;
    }
}
