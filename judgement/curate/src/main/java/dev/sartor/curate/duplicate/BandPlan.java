package dev.sartor.curate.duplicate;

/// How min-wise hashes are put into bands (locality-sensitive hashing; Leskovec, Rajaraman and Ullman, Mining of Massive
/// Datasets, chapter 3): two texts are compared where all hashes of one band are the same, which has the probability
/// 1 − (1 − Jˢ)ᵇ with b bands of s hashes and the Jaccard similarity J.
///
/// @param bands how many
/// @param size hashes in each
record BandPlan(int bands, int size) {
    private static final int STEPS = 200;
    private static final int LARGEST = 12;

    /// What unrelated texts share of their shingles, at most.
    private static final double UNRELATED = 0.02;

    /// So many unrelated texts may stand in a bucket beside each.
    private static final double STRANGERS = 0.5;

    /// The plan with the least sum of false positives and false negatives, over all similarities below and above the threshold
    /// (as datasketch chooses). Bands are never so small that buckets fill up with unrelated texts: that would let the cost grow
    /// with the square of the rows.
    ///
    /// @param jaccard from which on texts should be compared
    static BandPlan of(double jaccard, long rows) {
        int least = (int) Math.ceil(Math.log(rows / STRANGERS) / -Math.log(UNRELATED));
        var best = new BandPlan(1, MinHash.HASHES);
        for (int size = Math.clamp(least, 1, LARGEST); size <= LARGEST; size++) {
            var plan = new BandPlan(MinHash.HASHES / size, size);
            best = plan.error(jaccard) < best.error(jaccard) ? plan : best;
        }
        return best;
    }

    /// The probability that two texts are compared.
    double meeting(double jaccard) {
        return 1 - Math.pow(1 - Math.pow(jaccard, size), bands);
    }

    private double error(double threshold) {
        double error = 0;
        for (int i = 0; i < STEPS; i++) {
            double share = (i + 0.5) / STEPS;
            error += meeting(share * threshold) * threshold;
            error += (1 - meeting(threshold + share * (1 - threshold))) * (1 - threshold);
        }
        return error / STEPS;
    }
}
