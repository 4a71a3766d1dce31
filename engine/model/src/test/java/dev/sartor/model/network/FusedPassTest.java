package dev.sartor.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes by hand gives the gradients of what is recorded: ‖Δg‖ ÷ ‖g‖ of each tensor below 1e-5 in fp32.
class FusedPassTest {
    /// Rows that share a beginning and are of different lengths, with filler; rows that are alike, with a beginning and
    /// without; a long one.
    private static final List<Rows> ROWS =
            List.of(
                    new Rows(3, new int[] {9, 5, 12}, 2),
                    new Rows(0, new int[] {8, 8}, 0),
                    new Rows(4, new int[] {6, 6, 6}, 0),
                    new Rows(0, new int[] {300}, 0));

    private record Rows(int prefix, int[] lengths, int filler) {
        RowsPass pass() {
            return RowsPass.ragged(prefix, lengths, filler, DType.F32);
        }

        int tokens() {
            return prefix + Arrays.stream(lengths).sum();
        }

        Tensor ids() {
            return Tensors.indices(new Random(1).ints(tokens() + (long) filler, 3, 90).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama/lora",
                "llama/rslora",
                "llama/ranks",
                "llama/one-layer",
                "llama3-rope/lora",
                "mistral/lora",
                "qwen2/lora",
                "qwen3/lora",
                "phi3/lora",
                "smollm3/lora"
            })
    void gradientsAreThoseOfTheRecordedPass(String name) {
        for (var kept : RecordedPass.Kept.values()) {
            ROWS.forEach(rows -> compare(name, kept, rows));
        }
    }

    private static void compare(String name, RecordedPass.Kept kept, Rows rows) {
        var fused = gradients(name, kept, rows, true);
        var recorded = gradients(name, kept, rows, false);
        assertThat(fused.keySet()).isEqualTo(recorded.keySet()).isNotEmpty();
        recorded.forEach((key, gradient) ->
                assertThat(apart(gradient, fused.getOrDefault(key, new float[0])))
                        .as("%s behind %d shared tokens", key, rows.prefix())
                        .isLessThan(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama/lora", "llama/one-layer", "qwen3/lora"})
    void whatItCallsCompleteChangesNoMore(String name) {
        for (var kept : RecordedPass.Kept.values()) {
            whatItCallsCompleteChangesNoMore(name, kept);
        }
    }

    private static void whatItCallsCompleteChangesNoMore(String name, RecordedPass.Kept kept) {
        Engine.run(() -> {
            try (var decoder = Networks.decoder(folder(name), DType.F32);
                    var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder(name).resolve(variant(name)), decoder)) {
                var sums = Tensors.zeros(DType.F32, adapter.layout().parameters());
                adapter.trainWith(sums);
                var rows = ROWS.getFirst();
                var run = decoder.recorded(rows.ids(), rows.pass(), adapter, kept);
                var told = new LinkedHashMap<Long, float[]>();
                run.backward(
                        Tensors.of(flowing(run.hidden(), rows), run.hidden().shape()),
                        place -> told.putIfAbsent(place, from(sums, place)));
                assertThat(List.copyOf(told.keySet()))
                        .isSortedAccordingTo(Comparator.reverseOrder())
                        .endsWith(0L);
                told.forEach((place, values) ->
                        assertThat(values).as("from %d", place).isEqualTo(from(sums, place)));
                if (!name.endsWith("one-layer")) {
                    assertThat(told).as("a place for each block").hasSize(decoder.layers());
                }
            }
        });
    }

    private static float[] from(Tensor sums, long place) {
        var values = sums.toFloats();
        return Arrays.copyOfRange(values, (int) place, values.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama/dora", "llama/saved", "gpt2/lora", "gemma3/lora"})
    void whatIsOfAnotherFormIsRecorded(String name) {
        Engine.run(() -> {
            try (var decoder = Networks.decoder(folder(name), DType.F32);
                    var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder(name).resolve(variant(name)), decoder)) {
                var rows = ROWS.getFirst();
                assertThat(
                                decoder.recorded(
                                        rows.ids(),
                                        rows.pass(),
                                        adapter,
                                        RecordedPass.Kept.EVERYTHING))
                        .isInstanceOf(WholePass.class);
            }
        });
    }

    private static Map<String, float[]> gradients(
            String name, RecordedPass.Kept kept, Rows rows, boolean fused) {
        return Engine.call(() -> {
            try (var decoder = Networks.decoder(folder(name), DType.F32);
                    var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder(name).resolve(variant(name)), decoder)) {
                var sums = Tensors.zeros(DType.F32, adapter.layout().parameters());
                adapter.trainWith(sums);
                var run =
                        fused
                                ? decoder.recorded(rows.ids(), rows.pass(), adapter, kept)
                                : decoder.recordedWhole(rows.ids(), rows.pass(), adapter, kept);
                assertThat(run instanceof FusedPass).isEqualTo(fused);
                run.backward(Tensors.of(flowing(run.hidden(), rows), run.hidden().shape()));
                var copies = new HashMap<String, float[]>();
                adapter.layout().views(sums).forEach((key, sum) -> copies.put(key, sum.toFloats()));
                return copies;
            }
        });
    }

    /// A gradient; no loss stands on filler.
    private static float[] flowing(Tensor hidden, Rows rows) {
        var random = new Random(3);
        var flowing = new float[(int) hidden.count()];
        int own = rows.tokens() * (int) hidden.size(1);
        for (int i = 0; i < own; i++) {
            flowing[i] = (float) random.nextGaussian();
        }
        return flowing;
    }

    private static double apart(float[] a, float[] b) {
        assertThat(b).hasSameSizeAs(a);
        double apart = 0;
        double whole = 0;
        for (int i = 0; i < a.length; i++) {
            apart += Math.pow((double) a[i] - b[i], 2);
            whole += Math.pow(a[i], 2);
        }
        assertThat(whole).isPositive();
        return Math.sqrt(apart / whole);
    }

    private static java.nio.file.Path folder(String name) {
        return ReferenceModel.of(name.substring(0, name.indexOf('/'))).folder();
    }

    private static String variant(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
