package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes by hand gives the gradients of what is recorded: ‖Δg‖ ÷ ‖g‖ of each tensor below 1e-5 in fp32.
class FusedPassTest {
    private static final int[] LENGTHS = {9, 5, 12};
    private static final int PREFIX = 3;
    private static final int TOKENS = PREFIX + 26;

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
            var fused = gradients(name, kept, true);
            var recorded = gradients(name, kept, false);
            assertThat(fused.keySet()).isEqualTo(recorded.keySet()).isNotEmpty();
            recorded.forEach((key, gradient) ->
                    assertThat(apart(gradient, fused.getOrDefault(key, new float[0])))
                            .as(key)
                            .isLessThan(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama/dora", "llama/saved", "gpt2/lora", "gemma3/lora"})
    void whatIsOfAnotherFormIsRecorded(String name) {
        Engine.run(() -> {
            try (var decoder = Networks.decoder(folder(name), DType.F32);
                    var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder(name).resolve(variant(name)), decoder)) {
                var pass = RowsPass.ragged(PREFIX, LENGTHS, 0, DType.F32);
                assertThat(decoder.recorded(ids(), pass, adapter, RecordedPass.Kept.EVERYTHING))
                        .isInstanceOf(WholePass.class);
            }
        });
    }

    private static Map<String, float[]> gradients(
            String name, RecordedPass.Kept kept, boolean fused) {
        return Engine.call(() -> {
            try (var decoder = Networks.decoder(folder(name), DType.F32);
                    var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder(name).resolve(variant(name)), decoder)) {
                var sums = Tensors.zeros(DType.F32, adapter.layout().parameters());
                adapter.trainWith(sums);
                var pass = RowsPass.ragged(PREFIX, LENGTHS, 0, DType.F32);
                var run =
                        fused
                                ? decoder.recorded(ids(), pass, adapter, kept)
                                : decoder.recordedWhole(ids(), pass, adapter, kept);
                assertThat(run instanceof FusedPass).isEqualTo(fused);
                var random = new Random(3);
                var flowing = new float[(int) run.hidden().count()];
                for (int i = 0; i < flowing.length; i++) {
                    flowing[i] = (float) random.nextGaussian();
                }
                run.backward(Tensors.of(flowing, run.hidden().shape()));
                var copies = new HashMap<String, float[]>();
                adapter.layout().views(sums).forEach((key, sum) -> copies.put(key, sum.toFloats()));
                return copies;
            }
        });
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

    private static dev.sartor.tensor.Tensor ids() {
        return Tensors.indices(new Random(1).ints(TOKENS, 3, 90).toArray());
    }

    private static java.nio.file.Path folder(String name) {
        return ReferenceModel.of(name.substring(0, name.indexOf('/'))).folder();
    }

    private static String variant(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
