package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.Adapters;
import dev.sartor.model.ReferenceModel;
import dev.sartor.tensor.DType;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tiny decoders as GGUF files, written with gguf-py by the rules of llama.cpp's converter: the logits of transformers, which
/// computed the same weights from safetensors.
class GgufDecodersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "llama3-rope",
                "llama-yarn",
                "mistral-window",
                "qwen2",
                "qwen3",
                "qwen3-moe",
                "gemma2",
                "gemma3",
                "gemma3-scaled",
                "phi3",
                "phi3-longrope",
                "gpt2",
                "gpt-neox",
                "smollm3"
            })
    void computesWhatTransformersComputes(String name) throws URISyntaxException {
        var reference = ReferenceModel.of(name).folder().resolve("reference.json");
        try (var decoder = Networks.decoder(file(name), DType.F32)) {
            var outcome = ReferenceCheck.read(reference).of(decoder, Adapters.none());
            assertThat(outcome.difference()).isLessThan(2e-4);
            assertThat(outcome.same()).isEqualTo(16);
        }
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(
                                GgufDecodersTest.class.getResource("/gguf/" + name + ".gguf"))
                        .toURI());
    }
}
