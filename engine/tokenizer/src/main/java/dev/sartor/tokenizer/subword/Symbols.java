package dev.sartor.tokenizer.subword;

import java.util.Arrays;

/// The tokens of one word while pairs of them are merged: always the pair of the lowest rank, the leftmost of equals.
/// Not thread-safe.
final class Symbols {
    /// Up to this many, looking at all pairs each time is faster than keeping a queue.
    private static final int FEW = 24;

    private int[] ids;
    private int[] starts;
    private int[] ends;
    private int size;

    Symbols(int expected) {
        ids = new int[expected];
        starts = new int[expected];
        ends = new int[expected];
    }

    void add(int id, int start, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2 + 1);
            starts = Arrays.copyOf(starts, size * 2 + 1);
            ends = Arrays.copyOf(ends, size * 2 + 1);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size++] = end;
    }

    /// Widens the last one, if it has this id.
    boolean widenLast(int id, int end) {
        if (size == 0 || ids[size - 1] != id) {
            return false;
        }
        ends[size - 1] = end;
        return true;
    }

    Pieces merged(MergeTable merges) {
        if (size <= FEW) {
            mergeFew(merges);
        } else {
            mergeMany(merges);
        }
        return new Pieces(
                Arrays.copyOf(ids, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
    }

    private void mergeFew(MergeTable merges) {
        var pairs = new long[Math.max(0, size - 1)];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = merges.find(ids[i], ids[i + 1]);
        }
        while (size > 1) {
            int best = 0;
            for (int i = 1; i < size - 1; i++) {
                if (MergeTable.rank(pairs[i]) < MergeTable.rank(pairs[best])) {
                    best = i;
                }
            }
            if (pairs[best] == MergeTable.NONE) {
                return;
            }
            ids[best] = MergeTable.merged(pairs[best]);
            ends[best] = ends[best + 1];
            int rest = size - best - 2;
            System.arraycopy(ids, best + 2, ids, best + 1, rest);
            System.arraycopy(starts, best + 2, starts, best + 1, rest);
            System.arraycopy(ends, best + 2, ends, best + 1, rest);
            if (rest > 0) {
                System.arraycopy(pairs, best + 2, pairs, best + 1, rest - 1);
                pairs[best] = merges.find(ids[best], ids[best + 1]);
            }
            if (best > 0) {
                pairs[best - 1] = merges.find(ids[best - 1], ids[best]);
            }
            size--;
        }
    }

    /// In n log n steps, with the symbols as a linked list.
    private void mergeMany(MergeTable merges) {
        var previous = new int[size];
        var next = new int[size];
        var queue = new LongHeap(size); // rank, then place from left to right
        for (int i = 0; i < size; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < size ? i + 1 : -1;
            offer(queue, merges, i, next[i]);
        }
        while (!queue.isEmpty()) {
            long top = queue.poll();
            int left = (int) top;
            int right = ids[left] < 0 ? -1 : next[left];
            if (right < 0) {
                continue;
            }
            long merge = merges.find(ids[left], ids[right]);
            if (merge == MergeTable.NONE || MergeTable.rank(merge) != (int) (top >>> 32)) {
                continue; // one of the two has been merged meanwhile
            }
            ids[left] = MergeTable.merged(merge);
            ends[left] = ends[right];
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] >= 0) {
                previous[next[left]] = left;
            }
            offer(queue, merges, left, next[left]);
            if (previous[left] >= 0) {
                offer(queue, merges, previous[left], left);
            }
        }
        compact();
    }

    private void offer(LongHeap queue, MergeTable merges, int left, int right) {
        long merge = right < 0 ? MergeTable.NONE : merges.find(ids[left], ids[right]);
        if (merge != MergeTable.NONE) {
            queue.add((long) MergeTable.rank(merge) << 32 | left);
        }
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (ids[i] >= 0) {
                ids[kept] = ids[i];
                starts[kept] = starts[i];
                ends[kept++] = ends[i];
            }
        }
        size = kept;
    }
}
