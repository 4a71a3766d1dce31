package dev.sartor.curate.leak;

import dev.sartor.core.work.Progress;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/// Test rows as {@link Leaks} looks for them, for whoever spreads the other rows over processes: each process makes the same of
/// the test rows, looks through some of the others, and one of them joins what all found. Safe for concurrent searches.
public final class SpreadTests {
    /// Pairs that a search holds before those that cannot count are dropped.
    private static final int MOST_PAIRS = 1 << 20;

    private final int tests;
    private final TestIndex index;

    /// @param threshold as of {@link Leaks}
    public SpreadTests(List<String> texts, double threshold, Progress progress) {
        new Leaks(threshold); // refuses another than may be
        tests = texts.size();
        index = new TestIndex(tests, texts::get, threshold, progress);
    }

    /// What a search found, for {@link #leaks} alone.
    public static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        private final LeakHits hits;

        private Found(LeakHits hits) {
            this.hits = hits;
        }
    }

    /// @param first the number of the first of the other rows, among all of them
    /// @param texts of these rows, one after another
    public Found search(int first, Iterator<String> texts) {
        var probe = index.probe();
        var hits = new LeakHits();
        for (int other = first; texts.hasNext(); other++) {
            index.search(other, texts.next(), probe, hits);
            if (hits.count() > MOST_PAIRS) {
                var tally = new LeakTally(index, tests);
                tally.add(hits);
                hits = tally.hits();
            }
        }
        return new Found(hits);
    }

    /// @param found in the order of the other rows
    /// @return what {@link Leaks#find} finds
    public List<Leak> leaks(List<Found> found) {
        var tally = new LeakTally(index, tests);
        found.forEach(each -> tally.add(each.hits));
        return tally.leaks();
    }
}
