package dev.sartor.curate;

import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.leak.Leak;
import dev.sartor.curate.leak.Leaks;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.data.Inputs;
import java.util.List;
import java.util.Locale;

/// Test examples that stand nearly in training or validation. Those that stand there but for case, space and punctuation are
/// {@link dev.sartor.data.Leakage}'s.
public final class NearLeaks {
    /// How alike two questions are at least. Short ones that two people ask come to 0.8 now and then.
    private static final double THRESHOLD = 0.9;

    private static final int LONGEST_SHOWN = 80;

    private NearLeaks() {}

    /// Adds a problem for each pair, named by the test example.
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
                                row -> Inputs.exact(test.get(row)),
                                others.size(),
                                row -> Inputs.exact(others.get(row)),
                                Progress.silent());
        int count = 0;
        for (var leak : leaks) {
            var row = test.get(leak.test());
            var other = others.get(leak.other());
            if (isNear(leak, row, other)) {
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

    /// What two ask alike and are answered differently is not the same.
    private static boolean isNear(Leak leak, Example row, Example other) {
        boolean isEqual = leak.kind() == MatchKind.EXACT || leak.kind() == MatchKind.FOLDED;
        return !isEqual
                && (row.principal().equals(other.principal())
                        || row.reference().equals(other.reference()));
    }

    private static String cut(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
