package dev.sartor.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.AdapterPool;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MixtureOfExpertsTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);
    private static final int WIDTH = 32;

    /// Experts see a part of the tokens in another order, and must not mix up whose adapter is whose.
    @Test
    void anExpertAdaptsEachTokenWithItsRowsAdapter() {
        var model = ReferenceModel.of("qwen3-moe");
        int[] ids = {5, 9, 44, 17, 90, 3, 61, 12};
        int[] slots = {0, 0, 0, 0, 1, 1, 1, 1};
        try (var decoder = Networks.decoder(model.folder(), DType.F32);
                var first = adapter(decoder, 1);
                var second = adapter(decoder, 2)) {
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var pool = new AdapterPool(decoder, 2, 2)) {
                    pool.attach(0, first);
                    pool.attach(1, second);
                    var mixed = hidden(decoder, ids, pool.rows(slots));
                    int half = 4 * WIDTH;
                    assertThat(Arrays.copyOf(mixed, half))
                            .containsExactly(
                                    Arrays.copyOf(hidden(decoder, ids, first), half), TOLERANCE);
                    assertThat(Arrays.copyOfRange(mixed, half, 2 * half))
                            .containsExactly(
                                    Arrays.copyOfRange(
                                            hidden(decoder, ids, second), half, 2 * half),
                                    TOLERANCE);
                }
            });
        }
    }

    @Test
    void adaptersMayTargetTheExpertsLayers() {
        try (var decoder = Networks.decoder(ReferenceModel.of("qwen3-moe").folder(), DType.F32)) {
            var modules =
                    decoder.linears().stream().flatMap(linear -> linear.parts().stream()).toList();
            assertThat(modules)
                    .extracting(Linear.Part::module)
                    .contains(
                            "model.layers.0.mlp.gate_proj",
                            "model.layers.1.mlp.experts.0.gate_proj",
                            "model.layers.1.mlp.experts.4.down_proj");
        }
    }

    @Test
    void noMoreExpertsAreChosenThanThereAre() {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var router = Tensors.zeros(DType.F32, 1, WIDTH);
                assertThatThrownBy(() -> new MixtureOfExperts(router, List.of(), 1, true))
                        .hasMessageContaining("1 of 0 experts");
            }
        });
    }

    private static float[] hidden(Decoder decoder, int[] ids, Adapters adapters) {
        var pass = RowsPass.of(0, 2, ids.length / 2, DType.F32);
        return decoder.hidden(Tensors.indices(ids), pass, adapters).toFloats();
    }

    /// On every layer, the experts' among them.
    private static LoraAdapter adapter(Decoder decoder, long seed) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var layout = LoraLayout.everywhere(decoder, 2, 0.5);
                var adapter = LoraAdapter.zero(layout, DType.F32);
                adapter.flat()
                        .copyFrom(Tensors.random(seed, DType.F32, layout.parameters()))
                        .multiply(0.3);
                return adapter;
            }
        });
    }
}
