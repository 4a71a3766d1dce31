package dev.sartor.spark;

import dev.sartor.curate.SpreadLeaks;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/// The test rows of this executor's leak search, made ready for looking up by its first task. Those of one search at a time are
/// held, and no longer than memory allows. Safe for concurrent tasks.
final class ExecutorTests {
    private static SoftReference<@Nullable Held> held = new SoftReference<>(null);

    private record Held(long id, double threshold, SpreadLeaks tests) {}

    private ExecutorTests() {}

    static synchronized SpreadLeaks of(Broadcast<List<String>> texts, double threshold) {
        var found =
                Optional.ofNullable(held.get())
                        .filter(each -> each.id == texts.id() && each.threshold == threshold)
                        .orElseGet(() ->
                                new Held(
                                        texts.id(),
                                        threshold,
                                        new SpreadLeaks(texts.value(), threshold)));
        held = new SoftReference<>(found);
        return found.tests;
    }

    static synchronized void close() {
        held = new SoftReference<>(null);
    }
}
