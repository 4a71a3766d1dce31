package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.KvCachePass;
import dev.sartor.model.Precision;
import dev.sartor.model.RandomWeights;
import dev.sartor.model.adapter.AdapterPool;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What adapters per row cost a step of 16 rows of SmolLM2-135M's shape, every linear layer adapted. Run by its name:
/// `mvn test -pl model -am -Dtest=AdapterPoolBench -Dgroups=bench`; prints milliseconds a step.
@Tag("bench")
class AdapterPoolBench {
    private static final int ROWS = 16;
    private static final int SEEN = 200;
    private static final int PAGES = SEEN / KvCachePages.PAGE + 1;
    private static final int STEPS = 25;

    @Test
    void stepsWithAdaptersPerRow() {
        for (var precision : new Precision[] {Precision.BF16, Precision.INT8}) {
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var decoder = RandomWeights.decoder(precision)) {
                    measure(decoder, precision);
                }
            });
        }
    }

    private static void measure(Decoder decoder, Precision precision) {
        for (int rank : new int[] {8, 16}) {
            try (var pool = pool(decoder, rank);
                    var adapter = adapter(decoder, rank, 99)) {
                for (int distinct : new int[] {1, 4, 8, 16}) {
                    var slots = IntStream.range(0, ROWS).map(i -> i % distinct).toArray();
                    var times = compared(decoder, slots, pool, adapter);
                    System.out.printf(
                            Locale.ROOT,
                            "%s rank %d, %d adapters among %d rows: bare %.1f ms, one for all %.1f ms, pool %.1f ms (%+.0f %%)%n",
                            precision,
                            rank,
                            distinct,
                            ROWS,
                            times[0],
                            times[1],
                            times[2],
                            100 * (times[2] / times[0] - 1));
                }
            }
        }
    }

    /// Medians of steps in turn: bare, one adapter for all rows, the pool.
    private static double[] compared(
            Decoder decoder, int[] slots, AdapterPool pool, LoraAdapter adapter) {
        var kinds =
                Arrays.<Function<int[], Adapters>>asList(
                        _ -> Adapters.none(), _ -> adapter, pool::rows);
        var seconds = new double[3][STEPS];
        try (var _ = TensorScope.open();
                var kept =
                        new KvCachePages(
                                decoder.layers(),
                                decoder.groups(),
                                decoder.headWidth(),
                                ROWS * PAGES,
                                DType.BF16)) {
            for (int step = -3; step < STEPS; step++) {
                for (int kind = 0; kind < 3; kind++) {
                    long start = System.nanoTime();
                    step(decoder, kept, kinds.get(kind).apply(slots));
                    seconds[kind][Math.max(0, step)] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return Arrays.stream(seconds)
                .mapToDouble(each -> Arrays.stream(each).sorted().toArray()[STEPS / 2])
                .toArray();
    }

    private static void step(Decoder decoder, KvCachePages kept, Adapters adapters) {
        try (var _ = TensorScope.open()) {
            var spans =
                    IntStream.range(0, ROWS)
                            .mapToObj(row -> IntStream.range(row * PAGES, (row + 1) * PAGES))
                            .map(pages -> KvCachePass.Span.next(pages.toArray(), SEEN, 1))
                            .toList();
            var pass = new KvCachePass(kept, spans, decoder.type());
            var ids = new Random(1).ints(ROWS, 0, 1000).toArray();
            Tensor hidden = decoder.hidden(Tensors.indices(ids), pass, adapters);
            decoder.logits(hidden, adapters).argmax(-1).toLongs();
        }
    }

    private static AdapterPool pool(Decoder decoder, int rank) {
        var pool = new AdapterPool(decoder, ROWS, rank);
        for (int slot = 0; slot < ROWS; slot++) {
            try (var adapter = adapter(decoder, rank, slot)) {
                pool.attach(slot, adapter);
            }
        }
        return pool;
    }

    private static LoraAdapter adapter(Decoder decoder, int rank, int seed) {
        var layout = LoraLayout.everywhere(decoder, rank, 1);
        var adapter = LoraAdapter.zero(layout, decoder.type());
        try (var _ = TensorScope.open()) {
            adapter.flat()
                    .copyFrom(Tensors.random(seed, DType.F32, layout.parameters()))
                    .multiply(0.01);
        }
        return adapter;
    }
}
