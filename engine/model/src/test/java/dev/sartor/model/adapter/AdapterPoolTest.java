package dev.sartor.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each row of a mixed batch is what it is alone with its own adapter.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterPoolTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(5e-5f);
    private static final int WIDTH = 32;

    private final Decoder decoder =
            Networks.decoder(ReferenceModel.of("llama").folder(), DType.F32);
    private final List<LoraAdapter> adapters = adapters();

    /// Of ranks 1 to 5, every third leaves out the layers of one part; then two of DoRA, the last with ranks up to 6.
    private List<LoraAdapter> adapters() {
        return inScope(() -> {
            var made = new ArrayList<LoraAdapter>();
            for (int i = 0; i < 6; i++) {
                var left = List.of(i % 3 == 0 ? "v_proj" : i % 3 == 1 ? "down_proj" : "none");
                var settings =
                        LoraSettings.plain(
                                new LoraTargets(
                                        Optional.of(new ModuleNames.AllLinear()),
                                        new ModuleNames.Listed(left),
                                        Optional.empty(),
                                        List.of(),
                                        List.of()),
                                LoraRanks.of(1 + i % 5, 2 + i));
                var layout = LoraLayout.of(decoder, settings);
                var adapter = LoraAdapter.zero(layout, DType.F32);
                adapter.flat()
                        .copyFrom(Tensors.random(i, DType.F32, layout.parameters()))
                        .multiply(0.2);
                made.add(adapter);
            }
            made.add(stored("dora"));
            made.add(stored("dora-patterns"));
            return made;
        });
    }

    @AfterAll
    void free() {
        adapters.forEach(LoraAdapter::close);
        decoder.close();
    }

    /// Different ones, the same, one, none; lengths of steps and of prompts.
    @ParameterizedTest
    @CsvSource({
        "0 1 2 3 4 5 -1 0, 1",
        "5 -1 -1 2, 1",
        "3, 1",
        "-1 -1, 1",
        "4 0 4, 7",
        "1 -1 2 2, 20",
        "5 5 5 5, 20",
        "2, 40",
        "3 -1 3 1, 40",
        "6 7 -1 0, 1",
        "6 -1, 20"
    })
    void rowsOfDifferentAdaptersAreEachAsWithItsOwn(String slots, int length) {
        var used = Arrays.stream(slots.split(" ")).mapToInt(Integer::parseInt).toArray();
        var mixed =
                inScope(() -> {
                    try (var pool = pool(8)) {
                        return hidden(used, length, pool.rows(ofTokens(used, length)));
                    }
                });
        for (int row = 0; row < used.length; row++) {
            var own = used[row] < 0 ? Adapters.none() : adapters.get(used[row]);
            var alone = inScope(() -> hidden(used, length, own));
            int from = row * length * WIDTH;
            int to = from + length * WIDTH;
            assertThat(Arrays.copyOfRange(mixed, from, to))
                    .containsExactly(Arrays.copyOfRange(alone, from, to), TOLERANCE);
        }
    }

    @Test
    void aSlotTakesAnotherAdapterWhileTheOthersStay() {
        int[] used = {0, 1};
        var mixed =
                inScope(() -> {
                    try (var pool = pool(8)) {
                        hidden(used, 3, pool.rows(ofTokens(used, 3)));
                        pool.attach(1, adapters.get(6));
                        pool.detach(1);
                        assertThat(pool.free()).hasValue(1);
                        pool.attach(1, adapters.get(5));
                        return hidden(used, 3, pool.rows(ofTokens(used, 3)));
                    }
                });
        var first = inScope(() -> hidden(used, 3, adapters.get(0)));
        var other = inScope(() -> hidden(used, 3, adapters.get(5)));
        int half = 3 * WIDTH;
        assertThat(Arrays.copyOf(mixed, half))
                .containsExactly(Arrays.copyOf(first, half), TOLERANCE);
        assertThat(Arrays.copyOfRange(mixed, half, 2 * half))
                .containsExactly(Arrays.copyOfRange(other, half, 2 * half), TOLERANCE);
    }

    @Test
    void anAdapterOfTooHighARankIsRefusedByItsLayer() {
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var pool = new AdapterPool(decoder, 2, 3)) {
                assertThatThrownBy(() -> pool.attach(0, adapters.get(4)))
                        .isInstanceOf(SartorException.class)
                        .hasMessageContaining("q_proj must be at most the serving rank 3, got 5");
                assertThat(pool.free()).hasValue(0);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "saved, modules_to_save change base_model.model.lm_head.weight",
        "embeddings, target_modules change model.embed_tokens"
    })
    void whatCannotShareABatchIsRefusedByTheSetting(String form, String said) {
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var pool = new AdapterPool(decoder, 2, 8);
                    var adapter = stored(form)) {
                assertThatThrownBy(() -> pool.attach(0, adapter))
                        .isInstanceOf(SartorException.class)
                        .hasMessageContaining(said)
                        .hasMessageContaining("cannot share a batch");
            }
        });
    }

    @Test
    void aSlotWithoutAdapterIsADefectAndNotTheBareNetwork() {
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var pool = new AdapterPool(decoder, 2, 5)) {
                pool.attach(0, adapters.get(0));
                assertThatThrownBy(() -> pool.rows(new int[] {0, 1}))
                        .hasMessageContaining("no adapter is in slot 1");
                pool.detach(0);
                assertThatThrownBy(() -> pool.rows(new int[] {0}))
                        .hasMessageContaining("no adapter is in slot 0");
            }
        });
    }

    @Test
    void saysBeforehandWhatItTakes() {
        // Each layer: q 32, k 16, v 16 of 32; o 32 of 32; gate and up 64 of 32; down 32 of 64.
        long widths = 3 * 32 + 64 + 32 + 32 + 2 * 32 + 128 + 64 + 32;
        assertThat(AdapterPool.bytes(decoder, 3, 5)).isEqualTo(2 * widths * 3 * 5 * 4);
    }

    private LoraAdapter stored(String form) {
        return PeftFolder.read(ReferenceModel.of("llama").folder().resolve(form), decoder);
    }

    private AdapterPool pool(int slots) {
        var pool = new AdapterPool(decoder, slots, 6);
        for (int i = 0; i < adapters.size(); i++) {
            pool.attach(i, adapters.get(i));
        }
        return pool;
    }

    private static int[] ofTokens(int[] rows, int length) {
        return Arrays.stream(rows)
                .flatMap(slot -> java.util.stream.IntStream.generate(() -> slot).limit(length))
                .toArray();
    }

    private float[] hidden(int[] rows, int length, Adapters adapters) {
        var ids = new Random(3).ints((long) rows.length * length, 3, 128).toArray();
        var pass = RowsPass.of(0, rows.length, length, DType.F32);
        return decoder.hidden(Tensors.indices(ids), pass, adapters).toFloats();
    }

    private static <T> T inScope(java.util.concurrent.Callable<T> work) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return work.call();
            }
        });
    }
}
