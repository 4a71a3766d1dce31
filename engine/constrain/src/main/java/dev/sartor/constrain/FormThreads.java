package dev.sartor.constrain;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Background;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The few platform threads that prepare forms of answers. That is all computing: on virtual threads, two such forms would
/// hold the two carriers of a small machine, and with them everyone who only waits. They give way to what computes answers.
public final class FormThreads {
    private static final int MOST =
            Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 2);
    private static final int MOST_WAITING = 64;
    private static final int IDLE_SECONDS = 30;

    /// Schemas lead into each other; their depth is bounded, and needs more than a thread usually has.
    private static final long STACK = 32L << 20;

    private static final ThreadPoolExecutor POOL = pool();

    private FormThreads() {}

    private static ThreadPoolExecutor pool() {
        var threads =
                Thread.ofPlatform().daemon().stackSize(STACK).name("sartor-forms-", 0).factory();
        var pool =
                new ThreadPoolExecutor(
                        MOST,
                        MOST,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        work ->
                                threads.newThread(() -> {
                                    Background.enter();
                                    work.run();
                                }));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// @throws SartorException for want of room where too many wait already
    public static void run(Runnable task) {
        try {
            POOL.execute(task);
        } catch (RejectedExecutionException e) {
            throw SartorException.missing(
                    MOST_WAITING + " forms of answers wait to be prepared: try again later", e);
        }
    }
}
