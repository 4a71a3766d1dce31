package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.model.Decoder;
import dev.sartor.model.Networks;
import dev.sartor.model.PeftFolder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Six AdamW steps of an adapter on tiny random models, as PEFT and torch computed them in fp32.
class TrainingOracleTest {
    private static final double RATE = 1e-2;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "llama3-rope",
                "mistral",
                "qwen2",
                "qwen3",
                "qwen3-moe",
                "gemma2",
                "gemma3",
                "phi3",
                "gpt2",
                "gpt-neox",
                "smollm3"
            })
    void lossesAndGradientNormsAreThoseOfPeft(String name) throws URISyntaxException {
        var folder = folder(name);
        var expected = Json.read(folder.resolve("lora/training.json"));
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            var steps =
                    Engine.call(() -> train(decoder, folder, TrainingBatch.of(rows(expected), 0)));
            for (int i = 0; i < steps.size(); i++) {
                var step = expected.get("steps").get(i);
                var loss = step.get("loss").doubleValue();
                var norm = step.get("grad_norm").doubleValue();
                assertThat(steps.get(i).loss()).isCloseTo(loss, within(1e-3 * loss));
                assertThat(steps.get(i).gradientNorm()).isCloseTo(norm, within(1e-3 * norm));
            }
            assertThat(steps).hasSize(6);
        }
    }

    @Test
    void aSharedPrefixChangesNeitherLossNorGradient() throws URISyntaxException {
        var folder = folder("llama");
        var rows = new ArrayList<TrainingRow>();
        for (int length : new int[] {12, 9, 15}) {
            var ids =
                    IntStream.range(0, length)
                            .map(i -> i < 6 ? 40 + i : 3 + (i * 7 + length) % 120)
                            .toArray();
            rows.add(new TrainingRow(ids, 8));
        }
        assertThat(TrainingSet.of(rows, 100).prefix()).isEqualTo(6);
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            var apart = Engine.call(() -> train(decoder, folder, TrainingBatch.of(rows, 0)));
            var shared = Engine.call(() -> train(decoder, folder, TrainingBatch.of(rows, 6)));
            for (int i = 0; i < apart.size(); i++) {
                assertThat(shared.get(i).loss()).isCloseTo(apart.get(i).loss(), within(1e-4));
                assertThat(shared.get(i).gradientNorm())
                        .isCloseTo(apart.get(i).gradientNorm(), within(1e-3));
            }
        }
    }

    private static List<LoraTraining.Step> train(
            Decoder decoder, Path folder, TrainingBatch batch) {
        try (var scope = TensorScope.open();
                var loaded = PeftFolder.read(folder.resolve("lora"), decoder);
                var training = new LoraTraining(decoder, loaded, 0.01, 1)) {
            assertThat(scope).isNotNull();
            return IntStream.range(0, 6).mapToObj(_ -> training.step(batch, RATE)).toList();
        }
    }

    /// Rows without their padding; the first three tokens are not learned.
    private static List<TrainingRow> rows(JsonNode training) {
        var rows = new ArrayList<TrainingRow>();
        for (int i = 0; i < training.get("input_ids").size(); i++) {
            var ids = training.get("input_ids").get(i);
            var mask = training.get("attention_mask").get(i);
            var real =
                    IntStream.range(0, ids.size())
                            .filter(t -> mask.get(t).intValue() == 1)
                            .map(t -> ids.get(t).intValue())
                            .toArray();
            rows.add(new TrainingRow(real, 3));
        }
        return rows;
    }

    private static Path folder(String name) throws URISyntaxException {
        var url =
                Objects.requireNonNull(
                        TrainingOracleTest.class.getResource(
                                "/reference/" + name + "/config.json"));
        return Objects.requireNonNull(Path.of(url.toURI()).getParent());
    }
}
