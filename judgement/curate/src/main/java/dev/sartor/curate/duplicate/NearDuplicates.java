package dev.sartor.curate.duplicate;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.EqualTexts;
import dev.sartor.curate.similarity.Folded;
import dev.sartor.curate.similarity.Hashing;
import dev.sartor.curate.similarity.Pieces;
import dev.sartor.curate.similarity.ShingleTier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Rows whose texts are alike but for a few edits: min-wise hashes in bands say which are worth comparing (Broder 1997), and each
/// pair is compared on its texts. Pairs are joined into clusters, of which the earliest row stays.
///
/// Texts are compared without case, space and punctuation. How alike two are is the Jaccard similarity of their runs of five
/// characters, or one minus their edit distance over the longer one's length, whichever is more; of texts of more than 8,192
/// characters the Jaccard similarity alone, of longer runs. Neither counts where the shorter text is less of the longer one than the
/// threshold. Rows without text are left alone, and so are rows that are shorter
/// than five characters, unless they are the same.
///
/// What it misses: a quarter of the pairs in which 15 % of the characters were edited, one in a hundred at 10 %, next to none
/// below. Where more than nine rows share whatever decides a band, a row is not compared with all of them, so that some pairs are
/// found in other bands only, or not.
///
/// Time grows with the rows and the characters. Memory is about 200 bytes a row and at most 400 MiB; texts are not kept.
///
/// @param threshold how alike two texts are at least, .7 to 1; .8 finds what has up to 15 % of its characters or words edited
/// @param seed of the permutations
public record NearDuplicates(double threshold, long seed) {
    public static final double USUAL_THRESHOLD = 0.8;

    public NearDuplicates {
        Problems.refuseUnless(
                threshold >= 0.7 && threshold <= 1,
                "curate.near_duplicates.threshold",
                "0.7 to 1",
                threshold,
                "0.8 finds texts with up to 15 % of their characters edited, 0.95 next to nothing but typing mistakes");
    }

    /// @param texts by row, from 0; called from several threads and more than once
    public DuplicateClusters find(int rows, IntFunction<String> texts, Progress progress) {
        IntFunction<String> folded = row -> Folded.of(texts.apply(row));
        var lengths = new int[rows];
        var clusters = new RowClusters(rows);
        var distinct = distinct(folded, lengths, clusters, progress);
        long comparisons = (long) rows - distinct.length;
        for (var tier : ShingleTier.values()) {
            var held =
                    IntStream.of(distinct)
                            .filter(row -> lengths[row] > 0 && tier.holds(lengths[row], threshold))
                            .toArray();
            if (held.length > 1) {
                comparisons +=
                        new BandSearch(folded, lengths, held, tier, this, clusters).run(progress);
            }
        }
        return clusters.result(comparisons);
    }

    /// Joins rows that fold to one text, so that no bucket is full of them.
    ///
    /// @param lengths of folded texts, to be written
    /// @return the earliest row of each
    private static int[] distinct(
            IntFunction<String> folded, int[] lengths, RowClusters clusters, Progress progress) {
        var hashes = new long[lengths.length];
        try (var step = progress.begin("equal rows", lengths.length, "rows")) {
            Pieces.forEach(
                    lengths.length,
                    step,
                    row -> {
                        var text = folded.apply(row);
                        lengths[row] = text.length();
                        hashes[row] = Hashing.of(text);
                    });
        }
        var earliest =
                EqualTexts.earliest(
                        hashes,
                        (row, earlier) ->
                                lengths[row] > 0
                                        && folded.apply(row).equals(folded.apply(earlier)));
        IntStream.range(0, earliest.length)
                .filter(row -> earliest[row] != row)
                .forEach(row -> clusters.join(row, earliest[row], 1));
        return IntStream.range(0, earliest.length).filter(row -> earliest[row] == row).toArray();
    }
}
