package dev.sartor.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// GGUF files that gguf-py wrote, against what transformers computes for the same weights.
class GgufEncodersTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(2e-4f);

    @Test
    void bertGivesTheStatesOfTransformers() {
        var model = ReferenceModel.of("gguf-bert");
        try (var encoder = Networks.encoder(model.folder(), DType.F32)) {
            var states =
                    Engine.call(() -> {
                        try (var _ = TensorScope.open()) {
                            var pass = EncoderPass.of(List.of(model.ids()), DType.F32);
                            return encoder.hidden(pass, Adapters.none()).toFloats();
                        }
                    });
            var expected = model.reference().get("states");
            assertThat(states).hasSize(expected.size());
            IntStream.range(0, states.length)
                    .forEach(i ->
                            assertThat(states[i])
                                    .isCloseTo(expected.get(i).floatValue(), TOLERANCE));
        }
    }

    @Test
    void t5GivesTheLogitsOfTransformers() {
        var model = ReferenceModel.of("gguf-t5");
        assertThat(Networks.kind(model.folder())).isEqualTo(Networks.Kind.ENCODER_DECODER);
        try (var network = Networks.open(model.folder(), DType.F32)) {
            var check = ReferenceCheck.read(model.folder().resolve("reference.json"));
            assertThat(check.of(network, Adapters.none()).difference()).isLessThan(2e-4);
        }
    }

    @Test
    void namesThatGgufHasNoWordForStayAsTheyAre() {
        assertThat(ggufName("bert", "pooler.dense.weight")).isEqualTo("pooler.dense.weight");
        assertThat(ggufName("bert", "encoder.layer.3.output.dense.bias"))
                .isEqualTo("blk.3.ffn_down.bias");
        assertThat(ggufName("t5", "decoder.block.1.layer.1.layer_norm.weight"))
                .isEqualTo("dec.blk.1.cross_attn_norm.weight");
    }

    private static String ggufName(String family, String name) {
        return GgufNames.of(family).place(name).tensor();
    }
}
