package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Elements;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.StridedRows;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs the kernels on small rows of zeros beside the loading of a model, until the JVM has compiled them: interpreted they
/// take a hundred times as long, and a first text would be what compiles them. Computes nothing that is used.
public final class KernelWarmUp {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /// Rounds between looks at the clock.
    private static final int ROUNDS = 64;

    /// A round that takes longer is interpreted in parts; compiled it takes some 5 µs.
    private static final long COMPILED_NANOS = 15_000;

    private static final long LONGEST_NANOS = 1_500_000_000L;
    private static final int WIDTH = 64;
    private static final int HEADS = 2;

    /// More than a run of pages and a few rows take.
    private static final long MEMORY = 1 << 18;

    private KernelWarmUp() {}

    /// Begins, on a thread of its own, once in a process.
    ///
    /// @param kind of the weights that products are taken with
    public static void begin(Kind kind) {
        if (BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform().name("sartor-warm-up").daemon().start(() -> run(kind));
        }
    }

    /// Which kernels there will be work for.
    public enum Kind {
        /// In BF16, but for what libtorch does.
        DENSE,
        INT8,
        INT4
    }

    private static void run(Kind kind) {
        try (var arena = Arena.ofConfined()) {
            long memory = arena.allocate(MEMORY, 64).address();
            long end = System.nanoTime() + LONGEST_NANOS;
            var attention = new Attention(memory, new Elements(kind == Kind.DENSE));
            var small = RowKernels.warmUp(memory, WIDTH, kind == Kind.DENSE);
            long start;
            long now = System.nanoTime();
            do {
                start = now;
                for (int i = 0; i < ROUNDS; i++) {
                    attention.run();
                    small.run();
                }
                now = System.nanoTime();
            } while (now < end && now - start > ROUNDS * COMPILED_NANOS);
        }
    }

    private static final class Attention {
        private final KvCachePages pages;
        private final PagedKernel kernel;
        private final StridedRows queries;
        private final long memory;
        private final List<PagedAttention.Sight> sights =
                List.of(PagedAttention.Sight.of(new int[] {0}, 2));

        /// @param elements of queries, keys and values
        Attention(long memory, Elements elements) {
            this.memory = memory;
            this.pages = new KvCachePages(1, WIDTH, DType.BF16, memory);
            this.queries = new StridedRows(memory, (long) HEADS * WIDTH, WIDTH, elements);
            this.kernel =
                    new PagedKernel(
                            pages,
                            0,
                            new PagedAttention.Rule(1, Integer.MAX_VALUE, Double.POSITIVE_INFINITY),
                            HEADS);
        }

        void run() {
            pages.scatterKey(queries.elements(), memory, memory, 0);
            kernel.attend(queries, sights, new PagedKernel.Block(0, HEADS, true), 0, memory);
        }
    }
}
