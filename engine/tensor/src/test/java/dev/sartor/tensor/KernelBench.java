package dev.sartor.tensor;

import dev.sartor.tensor.kernel.KvCachePages;
import dev.sartor.tensor.kernel.LargeBuffers;
import dev.sartor.tensor.kernel.LoraBank;
import dev.sartor.tensor.kernel.PagedAttention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the parts of a step of SmolLM2-135M take, weights and keys read from memory: products by how weights are held, and
/// attention. Run by its name: `mvn test -pl tensor -am -Dtest=KernelBench -Dgroups=bench`; prints milliseconds a step.
@Tag("bench")
class KernelBench {
    private static final int LAYERS = 30;
    private static final int WIDTH = 576;
    private static final int INNER = 1536;
    private static final int HEADS = 9;
    private static final int GROUPS = 3;
    private static final int HEAD_WIDTH = 64;
    private static final int[][] SHAPES = {
        {(HEADS + 2 * GROUPS) * HEAD_WIDTH, WIDTH},
        {WIDTH, WIDTH},
        {2 * INNER, WIDTH},
        {WIDTH, INNER}
    };

    /// The width of the input, and those of the layers over it.
    private static final int[][][] ADAPTED = {
        {{WIDTH}, {HEADS * HEAD_WIDTH, GROUPS * HEAD_WIDTH, GROUPS * HEAD_WIDTH}},
        {{WIDTH}, {WIDTH}},
        {{WIDTH}, {INNER, INNER}},
        {{INNER}, {WIDTH}}
    };

    @Test
    void products() {
        products("bf16", w -> Matrix.dense(w.to(DType.BF16)), DType.BF16);
        products("int8", Matrix::int8, DType.F32);
        products("int4", Matrix::int4, DType.F32);
    }

    private static void products(String name, Function<Tensor, Matrix> held, DType type) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var matrices = new ArrayList<Matrix>();
                for (int layer = 0; layer < LAYERS; layer++) {
                    for (int[] shape : SHAPES) {
                        matrices.add(
                                held.apply(Tensors.random(layer, DType.F32, shape[0], shape[1])));
                    }
                }
                for (int rows : new int[] {1, 4, 8, 16, 512}) {
                    var inputs =
                            Arrays.stream(SHAPES)
                                    .map(shape ->
                                            Tensors.random(1, DType.F32, rows, shape[1]).to(type))
                                    .toList();
                    print(
                            name + " products of " + rows + " rows",
                            () -> {
                                for (int i = 0; i < matrices.size(); i++) {
                                    try (var _ = TensorScope.open()) {
                                        matrices.get(i)
                                                .product(
                                                        inputs.get(i % SHAPES.length),
                                                        Optional.empty());
                                    }
                                }
                            });
                }
            }
        });
    }

    @Test
    void waking() {
        Engine.run(() ->
                print(
                        "1000 times waking the threads",
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                Workers.each(2, true, (_, _) -> {});
                            }
                        }));
    }

    /// What adapters of rank 16 on all layers add to a step.
    @Test
    void adapters() {
        Engine.run(() -> {
            adapters(16, 8);
            adapters(16, 1);
        });
    }

    private static void adapters(int rows, int slots) {
        int rank = 16;
        try (var _ = TensorScope.open();
                var owner = TensorScope.owner()) {
            var stacks = new ArrayList<LoraBank>();
            var inputs = new ArrayList<Tensor>();
            var sums = new ArrayList<Tensor>();
            long bytes = 0;
            long from = 0;
            var sizes = new LoraBank.Shape(DType.BF16, slots, rank);
            long each = 0;
            for (int[][] shape : ADAPTED) {
                each += LoraBank.bytes(sizes, shape[0][0], shape[1]);
            }
            var all = LargeBuffers.zeros(DType.I8, LAYERS * each);
            for (int layer = 0; layer < LAYERS; layer++) {
                for (int[][] shape : ADAPTED) {
                    int in = shape[0][0];
                    int[] outs = shape[1];
                    var memory = all.slice(0, from, LoraBank.bytes(sizes, in, outs));
                    from += memory.count();
                    var stack = new LoraBank(sizes, in, outs, memory, owner);
                    for (int slot = 0; slot < slots; slot++) {
                        for (int part = 0; part < outs.length; part++) {
                            stack.set(
                                    slot,
                                    part,
                                    Tensors.random(slot, DType.F32, rank, in).to(DType.BF16),
                                    Tensors.random(slot, DType.F32, rank, outs[part])
                                            .to(DType.BF16));
                            bytes += 2L * rank * (in + outs[part]);
                        }
                    }
                    stacks.add(stack);
                    inputs.add(Tensors.random(layer, DType.F32, rows, in));
                    sums.add(Tensors.zeros(DType.F32, rows, Arrays.stream(outs).sum()));
                }
            }
            var own = LoraBank.Rows.of(IntStream.range(0, rows).map(row -> row % slots).toArray());
            print(
                    "%d adapters of %d rows, %.0f MB".formatted(slots, rows, bytes / 1e6),
                    () -> {
                        for (int i = 0; i < stacks.size(); i++) {
                            stacks.get(i).addRows(sums.get(i), inputs.get(i), own);
                        }
                    });
        }
    }

    @Test
    void attention() {
        Engine.run(() -> {
            attention(1, 640, 1);
            attention(16, 640, 1);
            attention(1, 512, 512);
        });
    }

    /// @param seen tokens of each text
    /// @param asking the last tokens of each, whose attention is computed
    private static void attention(int texts, int seen, int asking) {
        int each = (seen + KvCachePages.PAGE - 1) / KvCachePages.PAGE;
        try (var _ = TensorScope.open();
                var pages =
                        new KvCachePages(LAYERS, GROUPS, HEAD_WIDTH, texts * each, DType.BF16)) {
            var sights = new ArrayList<PagedAttention.Sight>();
            for (int text = 0; text < texts; text++) {
                int first = text * each;
                var own = IntStream.range(first, first + each).toArray();
                for (int layer = 0; layer < LAYERS; layer++) {
                    fill(pages, layer, own, seen);
                }
                for (int i = seen - asking; i < seen; i++) {
                    sights.add(PagedAttention.Sight.of(own, i + 1));
                }
            }
            var query = Tensors.random(2, DType.F32, sights.size(), HEADS, HEAD_WIDTH);
            var rule = new PagedAttention.Rule(0.125, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
            print(
                    "attention of " + texts + " texts, " + asking + " of " + seen + " tokens",
                    () -> {
                        for (int layer = 0; layer < LAYERS; layer++) {
                            try (var _ = TensorScope.open()) {
                                new PagedAttention(pages, layer, rule).of(query, sights);
                            }
                        }
                    });
        }
    }

    private static void fill(KvCachePages pages, int layer, int[] own, int seen) {
        try (var _ = TensorScope.open()) {
            var both = Tensors.random(layer, DType.F32, seen, GROUPS, HEAD_WIDTH).plus(-0.5);
            var places =
                    IntStream.range(0, seen)
                            .map(i ->
                                    own[i / KvCachePages.PAGE] * KvCachePages.PAGE
                                            + i % KvCachePages.PAGE)
                            .toArray();
            pages.write(layer, both, both, places);
        }
    }

    private static void print(String what, Runnable step) {
        var times = new ArrayList<Double>();
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            step.run();
            times.add((System.nanoTime() - start) / 1e6);
        }
        List<Double> later = times.subList(times.size() / 2, times.size());
        double median = later.stream().sorted().toList().get(later.size() / 2);
        System.out.printf(Locale.ROOT, "%s: %.2f ms%n", what, median);
    }
}
