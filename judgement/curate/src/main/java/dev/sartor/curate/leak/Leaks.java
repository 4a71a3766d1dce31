package dev.sartor.curate.leak;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.Pieces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Test rows that also stand in another set: as they are, folded, with thirteen words in a row (Brown et al. 2020), or nearly,
/// as a whole or within a longer row. Whatever is measured on such rows flatters a model that learned from the other set.
///
/// The test rows are held in an index and the other rows go by, each once; so memory grows with the test rows alone, and time
/// with the characters of both. Of a test row at most five pairs are told, those of the strongest kind first, then by score.
/// Rows without text leak nothing. Runs of words that stand in more than ten rows of either set are phrases, and do not count.
///
/// Short questions that look alike are told as near, too, though nobody copied them: 29 % of Banking77's test rows at .8 and 10 % at
/// .9; of sentences from scientific abstracts 2 in 1,000 at .8.
///
/// @param threshold how alike near rows are at least, .6 to 1, see {@link #USUAL_THRESHOLD}
public record Leaks(double threshold) {
    public static final double USUAL_THRESHOLD = 0.8;

    private static final int AT_ONCE = 1 << 16;
    private static final int PIECE = 1 << 10;

    public Leaks {
        Problems.refuseUnless(
                threshold >= 0.6 && threshold <= 1,
                "the threshold of near leaks",
                "0.6 to 1",
                threshold,
                "0.8 finds rows with a typing mistake in every other word");
    }

    /// @param testTexts by row, from 0; called from several threads and more than once
    /// @param otherTexts by row, from 0; called from several threads
    /// @return in the order of the test rows
    public List<Leak> find(
            int tests,
            IntFunction<String> testTexts,
            int others,
            IntFunction<String> otherTexts,
            Progress progress) {
        var index = new TestIndex(tests, testTexts, threshold, progress);
        var tally = new LeakTally(index, tests);
        try (var step = progress.begin("leaks", others, "rows")) {
            for (int from = 0; from < others; from += AT_ONCE) {
                int first = from;
                int count = Math.min(AT_ONCE, others - from);
                IntFunction<String> shifted = i -> otherTexts.apply(first + i);
                Pieces.map(count, PIECE, piece -> searched(index, first, shifted, piece))
                        .forEach(tally::add);
                step.advance(count);
            }
        }
        return tally.leaks();
    }

    private static LeakHits searched(
            TestIndex index, int first, IntFunction<String> texts, Pieces.Piece piece) {
        var hits = new LeakHits();
        var probe = index.probe();
        piece.rows().forEach(i -> index.search(first + i, texts.apply(i), probe, hits));
        return hits;
    }

    /// Both in one list: each pair once, with its strongest kind, and at most five of each test row.
    public static List<Leak> strongest(List<Leak> some, List<Leak> more) {
        var sorted =
                Stream.concat(some.stream(), more.stream())
                        .sorted(
                                Comparator.comparingInt(Leak::test)
                                        .thenComparing(Leak::kind)
                                        .thenComparing(
                                                Comparator.comparingDouble(Leak::score).reversed())
                                        .thenComparingInt(Leak::other))
                        .toList();
        var strongest = new ArrayList<Leak>();
        var others = new HashSet<Integer>();
        for (var leak : sorted) {
            if (strongest.isEmpty() || strongest.getLast().test() != leak.test()) {
                others.clear();
            }
            if (others.size() < BestOthers.MOST && others.add(leak.other())) {
                strongest.add(leak);
            }
        }
        return strongest;
    }
}
