package dev.sartor.curate.duplicate;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.Hashing;
import dev.sartor.curate.similarity.PairSimilarity;
import dev.sartor.curate.similarity.ShingleTier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Joins rows that meet in a band and are really alike. In a bucket each row is compared with the {@value Bucketed#WINDOW} before it and
/// with the first, and of what is alike to nothing at most {@value #MOST_FAILURES} pairs a row are compared: so the cost grows with the
/// rows, whatever they are. In a bucket of more rows, two that are alike may go by each other there; they meet in other bands.
final class BandSearch {
    private static final int MOST_FAILURES = 16;
    private static final int REMEMBERED = 1 << 20;

    private final IntFunction<String> folded;
    private final int[] lengths;
    private final int[] rows;
    private final PairSimilarity similarity;
    private final RowClusters clusters;
    private final Signatures signatures;
    private final BandPlan plan;
    private final double leastEstimate;
    private final byte[] failures;
    private final long[] failed = new long[REMEMBERED];
    private long comparisons;

    /// @param folded the texts of all rows by number; called from several threads
    /// @param lengths of the folded texts of all rows
    /// @param rows those that are compared, in their order
    BandSearch(
            IntFunction<String> folded,
            int[] lengths,
            int[] rows,
            ShingleTier tier,
            NearDuplicates settings,
            RowClusters clusters) {
        this.folded = folded;
        this.lengths = lengths;
        this.rows = rows;
        this.clusters = clusters;
        similarity = new PairSimilarity(settings.threshold());
        double jaccard = leastJaccard(settings.threshold(), tier);
        plan = BandPlan.of(jaccard, rows.length);
        leastEstimate = leastEstimate(jaccard);
        failures = new byte[rows.length];
        signatures =
                new Signatures(
                        i -> folded.apply(rows[i]),
                        rows.length,
                        tier,
                        new MinHash(settings.seed()),
                        plan);
    }

    /// What texts have in common where each character was kept with this probability (Ondov et al. 2016, Mash): a shingle
    /// is whole with the probability s = kept^width, and the Jaccard similarity is s / (2 − s).
    static double leastJaccard(double kept, ShingleTier tier) {
        double whole = Math.pow(kept, tier.width());
        return whole / (2 - whole);
    }

    /// Two of the estimate's standard errors below.
    static double leastEstimate(double jaccard) {
        return jaccard - 2 * Math.sqrt(jaccard * (1 - jaccard) / Sketches.HASHES);
    }

    /// @return how many pairs of texts were compared
    long run(Progress progress) {
        int atOnce = signatures.bandsAtOnce();
        for (int from = 0; from < plan.bands(); from += atOnce) {
            int to = Math.min(plan.bands(), from + atOnce);
            try (var step = progress.begin("min-wise hashes", rows.length, "rows")) {
                signatures.make(from, to, step);
            }
            try (var step = progress.begin("near duplicates", to - from, "bands")) {
                for (int band = from; band < to; band++) {
                    search(new Bucketed(signatures.keys(band - from)));
                    step.advance(1);
                }
            }
        }
        return comparisons;
    }

    private void search(Bucketed bucketed) {
        int largest = bucketed.largest();
        if (largest == 1) {
            return;
        }
        var similar = bucketed.similar(signatures.sketches(), leastEstimate);
        for (int distance = 1; distance <= Math.min(Bucketed.WINDOW, largest - 1); distance++) {
            clusters.flatten();
            compare(bucketed.pairs(distance, similar, this::isWorthComparing));
        }
        if (largest > Bucketed.WINDOW + 1) {
            clusters.flatten();
            compare(
                    bucketed.pairsWithFirst((i, earlier) ->
                            isWorthComparing(i, earlier)
                                    && signatures.sketches().similarity(i, earlier)
                                            >= leastEstimate));
        }
    }

    private boolean isWorthComparing(int i, int earlier) {
        return !clusters.areJoined(rows[i], rows[earlier])
                && similarity.isPossible(lengths[rows[i]], lengths[rows[earlier]])
                && (failures[i] < MOST_FAILURES || failures[earlier] < MOST_FAILURES)
                && failed[place(i, earlier)] != pair(i, earlier);
    }

    private void compare(long[] pairs) {
        var likeness = new double[pairs.length];
        IntStream.range(0, pairs.length)
                .parallel()
                .forEach(p ->
                        likeness[p] = likeness(Bucketed.row(pairs[p]), Bucketed.earlier(pairs[p])));
        comparisons += pairs.length;
        for (int p = 0; p < pairs.length; p++) {
            int i = Bucketed.row(pairs[p]);
            int earlier = Bucketed.earlier(pairs[p]);
            if (likeness[p] > 0) {
                clusters.join(rows[i], rows[earlier], likeness[p]);
            } else {
                failed[place(i, earlier)] = pair(i, earlier);
                failures[i] = (byte) Math.min(MOST_FAILURES, failures[i] + 1);
                failures[earlier] = (byte) Math.min(MOST_FAILURES, failures[earlier] + 1);
            }
        }
    }

    private double likeness(int i, int earlier) {
        return similarity.of(folded.apply(rows[i]), folded.apply(rows[earlier]));
    }

    /// Never 0, as the first row is not compared with itself.
    private static long pair(int i, int earlier) {
        return ((long) i << 32) | earlier;
    }

    private static int place(int i, int earlier) {
        return (int) Hashing.mix(pair(i, earlier)) & (REMEMBERED - 1);
    }
}
