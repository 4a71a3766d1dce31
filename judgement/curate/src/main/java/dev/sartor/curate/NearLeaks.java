package dev.sartor.curate;

import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.leak.Leaks;
import java.util.List;
import java.util.Locale;

/// Test examples that stand nearly in training or validation, for a task that refuses these as it refuses equal ones.
public final class NearLeaks {
    /// How alike two questions are at least. Short ones that two people ask come to 0.8 now and then.
    public static final double THRESHOLD = 0.9;

    private static final int LONGEST_SHOWN = 80;

    private NearLeaks() {}

    /// Adds a problem for each pair, named by the test example. What two askers ask is not the same.
    ///
    /// @return how many pairs there are
    public static int addTo(
            Problems problems, List<Example> test, List<Example> train, List<Example> validation) {
        return add(problems, test, train, "training")
                + add(problems, test, validation, "validation");
    }

    private static int add(
            Problems problems, List<Example> test, List<Example> others, String split) {
        var leaks =
                new Leaks(THRESHOLD)
                        .find(
                                test.size(),
                                row -> test.get(row).text(),
                                others.size(),
                                row -> others.get(row).text(),
                                Progress.silent());
        int count = 0;
        for (var leak : leaks) {
            var row = test.get(leak.test());
            var other = others.get(leak.other());
            if (row.asker().equals(other.asker())) {
                problems.add(
                        row.origin().toString(),
                        String.format(
                                Locale.ROOT,
                                "stands nearly in %s (%s), %.2f alike: '%s'.",
                                other.origin(),
                                split,
                                leak.score(),
                                cut(row.text())));
                count++;
            }
        }
        return count;
    }

    private static String cut(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
