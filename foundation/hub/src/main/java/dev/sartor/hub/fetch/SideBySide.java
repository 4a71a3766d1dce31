package dev.sartor.hub.fetch;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Several pieces of work at once, each on a thread of its own.
public final class SideBySide {
    /// One of them.
    @FunctionalInterface
    public interface Work {
        void run() throws FetchFailure;
    }

    private SideBySide() {}

    /// All at once. The first failure stops the others and is thrown.
    static void allOrNothing(List<Work> all) throws FetchFailure {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ExecutorCompletionService<Boolean>(threads);
            all.forEach(work -> running.submit(() -> done(work)));
            try {
                for (int i = 0; i < all.size(); i++) {
                    running.take().get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw thrown(e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw stopped(e);
            }
        }
    }

    /// In their order, so many at a time. After a failure no further one is begun; those under way are finished before the
    /// failure of the first in order is thrown.
    public static void some(List<Work> all, int atOnce) throws FetchFailure {
        var room = new Semaphore(atOnce);
        var failed = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new ArrayList<Future<Boolean>>();
            try {
                for (var work : all) {
                    room.acquire();
                    if (failed.get()) {
                        break;
                    }
                    begun.add(threads.submit(() -> noted(work, failed, room)));
                }
                finish(begun);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw stopped(e);
            }
        }
    }

    private static void finish(List<Future<Boolean>> begun)
            throws FetchFailure, InterruptedException {
        var failures = new ArrayList<ExecutionException>();
        for (var one : begun) {
            try {
                one.get();
            } catch (ExecutionException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw thrown(failures.getFirst());
        }
    }

    private static boolean done(Work work) throws FetchFailure {
        work.run();
        return true;
    }

    private static boolean noted(Work work, AtomicBoolean failed, Semaphore room)
            throws FetchFailure {
        boolean isDone = false;
        try {
            isDone = done(work);
        } finally {
            failed.compareAndSet(false, !isDone);
            room.release();
        }
        return true;
    }

    /// What the work threw.
    private static FetchFailure thrown(Exception wrapped) {
        return switch (Objects.requireNonNullElse(wrapped.getCause(), wrapped)) {
            case FetchFailure f -> f;
            case RuntimeException r -> throw r;
            case Error e -> throw e;
            case InterruptedException e -> throw stopped(e);
            default -> throw SartorException.defect("a download failed unexpectedly", wrapped);
        };
    }

    static SartorException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SartorException.missing(
                "the download was stopped; what was fetched so far is kept", e);
    }
}
