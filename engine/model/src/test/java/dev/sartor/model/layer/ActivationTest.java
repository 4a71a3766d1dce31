package dev.sartor.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {
    /// What transformers' ACT2FN gives at −1.5 and 2.
    @ParameterizedTest
    @CsvSource({
        "gelu, -0.1002108, 1.9544997",
        "gelu_python, -0.1002108, 1.9544997",
        "gelu_new, -0.1004284, 1.9545977",
        "gelu_pytorch_tanh, -0.1004284, 1.9545977",
        "gelu_fast, -0.1004284, 1.9545977",
        "quick_gelu, -0.1083377, 1.9356586",
        "relu, 0, 2",
        "relu2, 0, 4",
        "silu, -0.2736383, 1.7615942",
        "swish, -0.2736383, 1.7615942",
        "sigmoid, 0.1824255, 0.8807971",
        "tanh, -0.9051483, 0.9640276",
        "linear, -1.5, 2"
    })
    void computesWhatTransformersComputes(String name, float below, float above) {
        var values =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return Activation.named(config("{}"), "hidden_act", name)
                                .forward(Tensors.of(new float[] {-1.5f, 2}, 2))
                                .toFloats();
                    }
                });
        assertThat(values).containsExactly(new float[] {below, above}, Offset.offset(1e-6f));
    }

    @Test
    void aMissingKeyMeansTheDefaultAndAnUnknownNameIsRefusedWithTheKey() {
        assertThat(Activation.of(config("{}"), "hidden_act", Activation.GELU))
                .isEqualTo(Activation.GELU);
        assertThatThrownBy(() ->
                        Activation.of(
                                config("{\"hidden_act\":\"laplace\"}"),
                                "hidden_act",
                                Activation.GELU))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("hidden_act must be gelu")
                .hasMessageContaining("got laplace");
    }

    private static ModelConfig config(String json) {
        return new ModelConfig("config.json", Json.mapper().readTree(json));
    }
}
