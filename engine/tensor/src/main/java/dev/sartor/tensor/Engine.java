package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The one platform thread that all of libtorch's calls run on. Its gradient and inference modes are native
/// thread-locals, so a call from another thread could see the wrong mode: it fails at once instead. OpenMP spreads the
/// work of a call over the cores.
public final class Engine {
    private static final LinkedBlockingQueue<Runnable> QUEUE = new LinkedBlockingQueue<>();
    private static final Thread THREAD =
            Thread.ofPlatform().name("sartor-engine").daemon().start(Engine::work);

    /// Held while something is computed, and for good once the process ends: libtorch clears up its memory then, and
    /// what still computes would crash.
    private static final ReentrantLock WORKING = new ReentrantLock();

    /// How long the end of the process waits for what is computed.
    private static final long PATIENCE_SECONDS = 10;

    /// Why libtorch did not load.
    private static final AtomicReference<@Nullable Throwable> BROKEN = new AtomicReference<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("sartor-end").unstarted(Engine::rest));
    }

    private Engine() {}

    /// Runs the work on the engine's thread and waits for it; runs it at once when called there. What it throws comes
    /// to the caller as it is. An interrupted caller waits on, and finds its interrupt flag set afterwards.
    public static <T> T call(Callable<T> work) {
        return begun(work).get();
    }

    /// The same without waiting: the caller does, when it asks for the result.
    public static <T> Supplier<T> begun(Callable<T> work) {
        var task =
                new FutureTask<>(() -> {
                    refuseIfBroken();
                    return work.call();
                });
        if (isCurrent()) {
            task.run();
        } else {
            QUEUE.add(task);
        }
        return () -> result(task);
    }

    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /// Begins to load libtorch, which takes half a second, and does not wait for it. Without this the first call does.
    public static void begin() {
        QUEUE.add(() -> {});
    }

    public static boolean isCurrent() {
        return Thread.currentThread() == THREAD;
    }

    /// Spreads operations over so many cores, where other processes have work for the rest. Before anything is computed.
    ///
    /// @param count at least 1
    public static void useThreads(int count) {
        run(() -> torch.set_num_threads(count));
    }

    /// How many cores a single operation is spread over.
    public static int threads() {
        return call(torch::get_num_threads);
    }

    static void check() {
        if (!isCurrent()) {
            throw SartorException.defect(
                    "libtorch was called from " + Thread.currentThread() + "; use Engine.call");
        }
    }

    private static <T> T result(FutureTask<T> task) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw asThrown(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asThrown(ExecutionException failure) {
        return switch (failure.getCause()) {
            case Error error -> throw error;
            case RuntimeException unchecked -> unchecked;
            case null, default ->
                    SartorException.defect(
                            "the engine's work failed: " + failure.getCause(), failure);
        };
    }

    private static void refuseIfBroken() {
        switch (BROKEN.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException unchecked -> throw unchecked;
            case Throwable other -> throw SartorException.defect("libtorch did not load", other);
        }
    }

    /// Waits for what is computed and lets nothing else begin.
    private static void rest() {
        try {
            if (!WORKING.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                org.slf4j.LoggerFactory.getLogger(Engine.class)
                        .warn("the process ends while something is computed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work() {
        try {
            NativeLibraries.load();
            GradMode.set_enabled(false);
        } catch (RuntimeException | Error e) {
            BROKEN.set(e); // told to everyone who calls
        }
        while (true) {
            try {
                var task = QUEUE.take();
                WORKING.lock();
                try {
                    task.run();
                } finally {
                    WORKING.unlock();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                org.slf4j.LoggerFactory.getLogger(Engine.class)
                        .error("work that nobody waits for failed", e);
            }
        }
    }
}
