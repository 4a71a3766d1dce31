package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.ShingleTier;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Some runs of six characters of each test row, by which rows that may contain it are found: at most {@value #MOST_ANCHORS}, and none
/// that many test rows have, as far as there are others. So the cost of a row that is looked up grows with its length, and hardly
/// with the number of test rows.
final class AnchorIndex {
    private static final ShingleTier TIER = ShingleTier.MIDDLE;
    private static final int MOST_ANCHORS = 64;
    private static final int FEWEST_ANCHORS = 8;
    private static final int MOST_ROWS = 256;
    private static final int COUNTERS = 1 << 22;

    /// By chance fewer anchors than expected stand in a copy: so many of them.
    private static final double CHANCE = 0.6;

    private final IntFunction<String> folded;
    private final int[] anchorsOf;
    private final LongPostings postings;
    private final double fewestHits;

    /// @param rows those that are looked for
    /// @param threshold of the characters so many were kept in whatever is to be found
    AnchorIndex(int tests, int[] rows, IntFunction<String> folded, double threshold) {
        fewestHits = CHANCE * Math.pow(threshold, TIER.width());
        this.folded = folded;
        anchorsOf = new int[tests];
        var frequencies = frequencies(rows);
        var anchors =
                IntStream.of(rows)
                        .parallel()
                        .mapToObj(row -> anchors(TIER.set(folded.apply(row)), frequencies))
                        .toList();
        var keys = anchors.stream().flatMapToLong(LongStream::of).toArray();
        var rowOfEach = new int[keys.length];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            int count = anchors.get(i).length;
            anchorsOf[rows[i]] = count;
            Arrays.fill(rowOfEach, at, at + count, rows[i]);
            at += count;
        }
        postings = new LongPostings(keys, rowOfEach, MOST_ROWS);
    }

    /// What one thread counts with.
    final class Probe {
        private static final int MOST_CANDIDATES = 32;

        private final int[] hits = new int[anchorsOf.length];
        private int[] touched = new int[256];
        private int count;

        /// Test rows that a text may contain, those with the most hits first. At most {@value #MOST_CANDIDATES}.
        int[] candidates(String foldedOther) {
            count = 0;
            for (long hash : TIER.set(foldedOther)) {
                int key = postings.find(hash);
                if (key >= 0) {
                    IntStream.range(postings.start(key), postings.end(key))
                            .map(postings::row)
                            .forEach(this::hit);
                }
            }
            var found =
                    IntStream.range(0, count)
                            .map(i -> touched[i])
                            .filter(row -> hits[row] >= Math.max(1, fewestHits * anchorsOf[row]))
                            .mapToLong(row -> ((long) -hits[row] << 32) | row)
                            .sorted()
                            .limit(MOST_CANDIDATES)
                            .mapToInt(each -> (int) each)
                            .toArray();
            for (int i = 0; i < count; i++) {
                hits[touched[i]] = 0;
            }
            return found;
        }

        private void hit(int row) {
            if (hits[row]++ == 0) {
                touched = count == touched.length ? Arrays.copyOf(touched, 2 * count) : touched;
                touched[count++] = row;
            }
        }
    }

    Probe probe() {
        return new Probe();
    }

    /// In how many rows each shingle stands, by a part of its hash: some counts are too high.
    private int[] frequencies(int[] rows) {
        var frequencies = new int[COUNTERS];
        for (int row : rows) {
            for (long hash : TIER.set(folded.apply(row))) {
                frequencies[counter(hash)]++;
            }
        }
        return frequencies;
    }

    /// Those that few rows have, in the order of their hashes, which is a drawing by chance that is always the same; where there
    /// are too few, those that the fewest rows have.
    private static long[] anchors(long[] shingles, int[] frequencies) {
        var rare =
                LongStream.of(shingles)
                        .filter(hash -> frequencies[counter(hash)] <= MOST_ROWS)
                        .limit(MOST_ANCHORS)
                        .toArray();
        if (rare.length >= FEWEST_ANCHORS) {
            return rare;
        }
        return LongStream.of(shingles)
                .boxed()
                .sorted((a, b) -> Integer.compare(frequencies[counter(a)], frequencies[counter(b)]))
                .limit(FEWEST_ANCHORS)
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static int counter(long hash) {
        return (int) (hash >>> 32) & (COUNTERS - 1);
    }
}
