package dev.sartor.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Threads that share the engine's thread's work on rows: as many as libtorch uses, the engine's own counted, and its very
/// threads where that is known how. Work is taken piece by piece, and the engine's thread goes on when all pieces are done.
public final class Workers {
    /// One piece of a job.
    @FunctionalInterface
    public interface Work {
        /// @param piece from 0
        /// @param worker which thread does it, from 0: for scratch memory of its own
        void run(int piece, int worker);
    }

    private static final class Job {
        private final Work work;
        private final int pieces;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Job(Work work, int pieces) {
            this.work = work;
            this.pieces = pieces;
        }

        void help(int worker) {
            for (int piece = next.getAndIncrement();
                    piece < pieces;
                    piece = next.getAndIncrement()) {
                try {
                    work.run(piece, worker);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                done.incrementAndGet();
            }
        }
    }

    private static final int COUNT = torch.get_num_threads();
    private static final Optional<OpenMpTeam> TEAM = OpenMpTeam.find();
    private static final List<Thread> OWN = new ArrayList<>();
    private static volatile Job job = new Job((_, _) -> {}, 0);

    static {
        if (TEAM.isEmpty()) {
            for (int i = 1; i < COUNT; i++) {
                int worker = i;
                OWN.add(
                        Thread.ofPlatform()
                                .name("sartor-rows-" + worker)
                                .daemon()
                                .start(() -> serve(worker)));
            }
        }
    }

    private Workers() {}

    /// How many threads there are, the engine's counted.
    public static int count() {
        return COUNT;
    }

    /// Does all pieces, on this thread alone where `together` is false: waking the others takes some microseconds.
    public static void each(int pieces, boolean together, Work work) {
        Engine.check();
        if (!together || pieces < 2 || COUNT < 2) {
            for (int piece = 0; piece < pieces; piece++) {
                work.run(piece, 0);
            }
            return;
        }
        var shared = new Job(work, pieces);
        if (TEAM.isPresent()) {
            var workers = new AtomicInteger();
            TEAM.get().run(Math.min(COUNT, pieces), () -> shared.help(workers.getAndIncrement()));
        } else {
            share(shared);
        }
        switch (shared.failure) {
            case Error error -> throw error;
            case RuntimeException unchecked -> throw unchecked;
            case null, default -> {}
        }
    }

    private static void share(Job shared) {
        job = shared;
        OWN.forEach(LockSupport::unpark);
        shared.help(0);
        while (shared.done.get() < shared.pieces) {
            Thread.onSpinWait();
        }
    }

    private static void serve(int worker) {
        while (true) {
            job.help(worker);
            if (job.next.get() >= job.pieces) {
                LockSupport.park(Workers.class);
            }
        }
    }
}
