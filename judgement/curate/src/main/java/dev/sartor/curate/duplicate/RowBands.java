package dev.sartor.curate.duplicate;

import dev.sartor.curate.similarity.ShingleTier;

/// How {@link NearDuplicates} puts rows of one length into bands, row by row, for whoever gathers the rows of a band elsewhere
/// than in one process's memory. Thread-safe.
public final class RowBands {
    private final ShingleTier tier;
    private final MinHash minHash;
    private final BandPlan plan;

    /// @param rows how many there are of the tier
    public RowBands(NearDuplicates settings, ShingleTier tier, long rows) {
        this.tier = tier;
        minHash = new MinHash(settings.seed());
        plan = BandPlan.of(BandSearch.leastJaccard(settings.threshold(), tier), rows);
    }

    /// Of each band, what the rows of one bucket have in common.
    public int[] keys(String folded) {
        var least = minHash.signature(tier.hashes(folded));
        var keys = new int[plan.bands()];
        for (int band = 0; band < keys.length; band++) {
            keys[band] = Signatures.key(least, band, plan);
        }
        return keys;
    }

    /// By which most pairs are dropped without a look at their texts.
    public long[] sketch(String folded) {
        var sketch = new long[Sketches.LONGS];
        Sketches.put(minHash.signature(tier.hashes(folded)), sketch, 0);
        return sketch;
    }

    /// Whether two rows of a bucket are worth comparing.
    public static boolean areSimilar(
            double threshold, ShingleTier tier, long[] sketch, long[] other) {
        double least = BandSearch.leastEstimate(BandSearch.leastJaccard(threshold, tier));
        return Sketches.similarity(sketch, 0, other, 0) >= least;
    }
}
