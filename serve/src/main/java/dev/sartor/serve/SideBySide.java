package dev.sartor.serve;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Several answers to one request at the same time. The first that fails ends the others.
final class SideBySide {
    /// The system's: what only computes would keep Java's few carriers of virtual threads from everybody else.
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().name("sartor-answer-", 1).daemon().factory();

    private SideBySide() {}

    @FunctionalInterface
    interface Task<T> {
        /// @param stopIfOver to be called now and then: throws where another task has failed
        T run(int index, Runnable stopIfOver);
    }

    /// Results in the order of their numbers; one alone runs on the caller's thread.
    static <T> List<T> all(int count, Task<T> task) {
        if (count == 1) {
            return List.of(task.run(0, () -> {}));
        }
        var over = new AtomicBoolean();
        try (var threads = Executors.newThreadPerTaskExecutor(THREADS)) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                int index = i;
                running.add(threads.submit(() -> run(index, task, over)));
            }
            return results(running);
        }
    }

    private static <T> T run(int index, Task<T> task, AtomicBoolean over) {
        try {
            return task.run(
                    index,
                    () -> {
                        if (over.get()) {
                            throw new CancellationException("another answer has failed");
                        }
                    });
        } catch (RuntimeException | Error e) {
            over.set(true);
            throw e;
        }
    }

    private static <T> List<T> results(List<Future<T>> running) {
        var results = new ArrayList<T>();
        @Nullable Throwable failure = null;
        for (var each : running) {
            try {
                results.add(each.get());
            } catch (ExecutionException e) {
                // Those that were only stopped are not why.
                if (failure == null || failure instanceof CancellationException) {
                    failure = e.getCause();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SartorException.stopped("interrupted while answers were made");
            }
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        return results;
    }
}
