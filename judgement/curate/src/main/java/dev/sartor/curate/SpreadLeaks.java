package dev.sartor.curate;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.leak.SpreadTests;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// {@link LeakSearch} for rows that no one process holds: each process that has the test rows looks through some of the others,
/// and one of them joins what all found. The leaks are those that one process finds. Safe for concurrent searches.
public final class SpreadLeaks {
    private final SpreadTests tests;

    /// @param texts of the test rows, which are held in memory
    /// @param threshold how alike near rows are at least, .6 to 1
    public SpreadLeaks(List<String> texts, double threshold) {
        tests = new SpreadTests(texts, threshold, Progress.silent());
    }

    /// A test row and another that it is like, by their numbers.
    ///
    /// @param kind exact, folded, thirteen_gram or near
    public record Pair(int test, int other, String kind, double score) {}

    /// What a search found, for {@link #pairs} alone.
    public static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SpreadTests.Found found;

        private Found(SpreadTests.Found found) {
            this.found = found;
        }
    }

    /// @param first the number of the first of the other rows, among all of them
    /// @param texts of these rows, one after another; without text where one is empty
    public Found search(int first, Iterator<String> texts) {
        return new Found(tests.search(first, texts));
    }

    /// @param found in the order of the other rows
    public List<Pair> pairs(List<Found> found) {
        return tests.leaks(found.stream().map(each -> each.found).toList()).stream()
                .map(each ->
                        new Pair(
                                each.test(),
                                each.other(),
                                each.kind().name().toLowerCase(Locale.ROOT),
                                each.score()))
                .toList();
    }
}
