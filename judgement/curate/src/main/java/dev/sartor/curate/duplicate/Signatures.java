package dev.sartor.curate.duplicate;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.Hashing;
import dev.sartor.curate.similarity.Pieces;
import dev.sartor.curate.similarity.ShingleTier;
import java.util.function.IntFunction;

/// Keys of bands and sketches of the rows that one tier holds. Keys of so many bands as fit into {@value #MOST_KEY_BYTES} bytes are
/// made at a time; where there are more, the texts are read once more for the next ones.
final class Signatures {
    private static final long MOST_KEY_BYTES = 400L << 20;

    private final IntFunction<String> folded;
    private final ShingleTier tier;
    private final MinHash minHash;
    private final BandPlan plan;
    private final int rows;
    private final Sketches sketches;
    private int[][] keys = new int[0][];

    /// @param folded texts by number; called from several threads
    Signatures(
            IntFunction<String> folded,
            int rows,
            ShingleTier tier,
            MinHash minHash,
            BandPlan plan) {
        this.folded = folded;
        this.rows = rows;
        this.tier = tier;
        this.minHash = minHash;
        this.plan = plan;
        sketches = new Sketches(rows);
    }

    /// How many bands are made at a time.
    int bandsAtOnce() {
        return Math.clamp(MOST_KEY_BYTES / Integer.BYTES / rows, 1, plan.bands());
    }

    /// Makes the keys from one band to another, which is not among them; with those of the first band the sketches.
    void make(int from, int to, Progress.Step step) {
        int bands = to - from;
        if (keys.length < bands) { // the first are the most, and the next take their place
            keys = new int[bands][rows];
        }
        Pieces.forEach(
                rows,
                step,
                row -> {
                    var least = minHash.signature(tier.hashes(folded.apply(row)));
                    for (int band = 0; band < bands; band++) {
                        keys[band][row] = key(least, from + band, plan);
                    }
                    if (from == 0) {
                        sketches.put(row, least);
                    }
                });
    }

    /// Of a band, counted from the first of those made last.
    int[] keys(int band) {
        return keys[band];
    }

    Sketches sketches() {
        return sketches;
    }

    /// What rows of one bucket of the band have in common.
    static int key(int[] least, int band, BandPlan plan) {
        long hash = 0;
        for (int i = band * plan.size(); i < (band + 1) * plan.size(); i++) {
            hash = Hashing.next(Hashing.mix(hash), least[i]);
        }
        return (int) (Hashing.mix(hash) >>> 32);
    }
}
