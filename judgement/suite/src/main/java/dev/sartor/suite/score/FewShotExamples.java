package dev.sartor.suite.score;

import dev.sartor.core.SartorException;
import dev.sartor.suite.python.PythonRandom;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.FewShotRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What stands before each item: its description and solved examples, as lm-eval's samplers take them. Items are asked for in their
/// order, as one generator draws for all. Not thread-safe.
public final class FewShotExamples {
    private static final int SEED = 1234;
    private static final String BETWEEN = "\n\n";

    private final String task;
    private final FewShotRule rule;
    private final List<BenchmarkItem> pool;
    private final int count;
    private final PythonRandom random = new PythonRandom(SEED);

    /// @param pool where examples come from; nobody looks at it where there are none
    /// @param count examples before an item
    public FewShotExamples(String task, FewShotRule rule, List<BenchmarkItem> pool, int count) {
        this.task = task;
        this.rule = rule;
        this.pool = List.copyOf(pool);
        this.count = count;
    }

    /// @throws SartorException a user's error where there are too few examples
    public String before(BenchmarkItem item) {
        return item.description()
                + examples(item).map(each -> each.solved() + BETWEEN).collect(Collectors.joining());
    }

    private Stream<BenchmarkItem> examples(BenchmarkItem item) {
        if (count == 0) {
            return Stream.empty();
        }
        return switch (rule) {
            case FIXED -> Stream.empty();
            case FIRST -> first(item);
            case DRAWN -> drawn(pool, count);
            case DRAWN_WITHOUT_ITEM -> drawnWithout(item);
        };
    }

    private Stream<BenchmarkItem> first(BenchmarkItem item) {
        var ofSubject =
                pool.stream().filter(each -> each.subject().equals(item.subject())).toList();
        refuseUnless(ofSubject.size(), count, item.subject());
        return ofSubject.stream().limit(count);
    }

    private Stream<BenchmarkItem> drawn(List<BenchmarkItem> from, int most) {
        refuseUnless(from.size(), most, "");
        return IntStream.of(random.sample(from.size(), most)).mapToObj(from::get);
    }

    private Stream<BenchmarkItem> drawnWithout(BenchmarkItem item) {
        var others = drawn(pool, count + 1).filter(each -> !isSame(each, item)).toList();
        if (others.size() >= count) {
            return others.stream().limit(count);
        }
        return drawn(pool.stream().filter(each -> !isSame(each, item)).toList(), count);
    }

    private static boolean isSame(BenchmarkItem one, BenchmarkItem other) {
        return one.source().fields().equals(other.source().fields());
    }

    private void refuseUnless(int there, int needed, String subject) {
        if (there < needed) {
            throw SartorException.user(
                    "--few-shot "
                            + count
                            + " of "
                            + task
                            + " needs "
                            + needed
                            + " rows to take examples from"
                            + (subject.isEmpty() ? "" : " for " + subject)
                            + ", and there are "
                            + there
                            + ": take the data set's whole split, or fewer examples");
        }
    }
}
