package dev.sartor.model.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.file.Networks;
import dev.sartor.tensor.DType;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelShapeTest {
    private static Path folder(String name) {
        return Path.of("src/test/resources/reference").resolve(name);
    }

    private static long stored(Path folder) {
        try (var file = Safetensors.open(folder, WeightAccess.COPIED)) {
            return file.names().stream()
                    .mapToLong(n ->
                            file.tensor(n).shape().stream()
                                    .mapToLong(Long::longValue)
                                    .reduce(1, (a, b) -> a * b))
                    .sum();
        }
    }

    /// The tiny models as transformers saved them: every value in the file is counted by the formula.
    @ParameterizedTest
    @ValueSource(strings = {"llama", "t5-v1_1"})
    void theFormulaCountsWhatTheFileHolds(String name) {
        assertThat(ModelShapes.ofFiles(folder(name)).parameters()).isEqualTo(stored(folder(name)));
    }

    @Test
    void anAdapterHasTwoNarrowMatricesOnEachLinearLayer() {
        // SmolLM2-135M: 30 × (576 and 576, 192 twice, 576 back, 1536 twice, 1536 back), rank 16, as
        // tuned in bench/.
        assertThat(smolLm2().adapterParameters(16)).isEqualTo(4_884_480);
        assertThat(smolLm2().parameters()).isEqualTo(134_515_008);
    }

    static ModelShape smolLm2() {
        return ModelShapes.of(
                Json.mapper()
                        .readTree(
                                """
                                {"model_type": "llama", "num_hidden_layers": 30, "hidden_size": 576, "num_attention_heads": 9,
                                 "num_key_value_heads": 3, "intermediate_size": 1536, "vocab_size": 49152,
                                 "max_position_embeddings": 8192, "tie_word_embeddings": true}
                                """),
                "smollm2");
    }

    /// Qwen3-30B-A3B: 30,532,122,624 parameters in all.
    @Test
    void everyExpertOfAMixtureIsCounted() {
        var shape =
                ModelShapes.of(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"model_type": "qwen3_moe", "num_hidden_layers": 48, "hidden_size": 2048, "head_dim": 128,
                                         "num_attention_heads": 32, "num_key_value_heads": 4, "intermediate_size": 6144,
                                         "num_experts": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768,
                                         "vocab_size": 151936, "max_position_embeddings": 40960, "tie_word_embeddings": false}
                                        """),
                        "qwen3-30b");
        assertThat(shape.parameters()).isEqualTo(30_532_122_624L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "mistral",
                "smollm3",
                "phi3",
                "qwen2",
                "qwen3",
                "gemma2",
                "gemma3",
                "gpt2",
                "gpt-neox"
            })
    void aFamilysFormulaCountsWhatIsLoaded(String name) {
        assertThat(ModelShapes.ofFiles(folder(name)).parameters())
                .isEqualTo(Networks.decoder(folder(name), DType.F32).parameters());
    }

    @Test
    void anUnknownFamilyHasNoEstimate() {
        var config = Json.mapper().readTree("{\"model_type\": \"mamba\"}");
        assertThatThrownBy(() -> ModelShapes.of(config, "acme/tiny"))
                .hasMessageContaining("acme/tiny: the sizes of the family 'mamba' are not known");
        var damaged = Json.mapper().readTree("{\"model_type\": \"llama\", \"hidden_size\": 0}");
        assertThatThrownBy(() -> ModelShapes.of(damaged, "acme/tiny"))
                .hasMessageContaining("acme/tiny");
    }
}
