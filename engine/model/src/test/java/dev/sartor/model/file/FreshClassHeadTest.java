package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Labels;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshClassHeadTest {
    private static final List<String> LABELS = List.of("red", "green", "blue", "grey", "pink");
    private static final List<int[]> TEXTS =
            List.of(new int[] {2, 17, 33, 3}, new int[] {2, 40, 3});

    @TempDir Path folder;

    private static Path model(String name) {
        return Path.of("src", "test", "resources", "reference", name);
    }

    private static Encoder classifier(Path model, long seed) {
        return Networks.classifier(model, DType.F32, LABELS, new SplittableRandom(seed));
    }

    private static float[] logits(Encoder encoder) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = EncoderPass.of(TEXTS, DType.F32);
                return encoder.classes(pass, Adapters.none()).toFloats();
            }
        });
    }

    private static float[] states(Encoder encoder) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = EncoderPass.of(TEXTS, DType.F32);
                return encoder.hidden(pass, Adapters.none()).toFloats();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-masked-lm", "bert-classifier", "distilbert-masked-lm",
                        "distilbert-classifier",
                "roberta-masked-lm", "roberta-classifier", "mpnet-masked-lm", "mpnet-classifier",
                "modernbert-masked-lm", "modernbert-classifier"
            })
    void anEncoderKeepsItsStatesUnderAHeadForOtherClasses(String name) {
        try (var plain = Networks.encoder(model(name), DType.F32);
                var headed = classifier(model(name), 1);
                var same = classifier(model(name), 1);
                var other = classifier(model(name), 2)) {
            assertThat(states(headed)).containsExactly(states(plain), within(1e-6f));
            assertThat(headed.labels().names()).isEqualTo(LABELS);
            assertThat(logits(headed)).hasSize(TEXTS.size() * LABELS.size());
            assertThat(logits(same)).isEqualTo(logits(headed));
            assertThat(logits(other)).isNotEqualTo(logits(headed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-classifier", "roberta-classifier", "modernbert-classifier"})
    void aHeadThatTellsTheSameClassesIsKept(String name) {
        try (var stored = Networks.encoder(model(name), DType.F32);
                var opened =
                        Networks.classifier(
                                model(name),
                                DType.F32,
                                stored.labels().names(),
                                new SplittableRandom(1))) {
            assertThat(logits(opened)).isEqualTo(logits(stored));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-masked-lm", "distilbert-masked-lm", "roberta-masked-lm"})
    void whatIsStoredIsAModelForClassesByItself(String name) throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "left as it is");
        try (var headed = classifier(model(name), 1)) {
            Engine.run(() -> StoredNetwork.write(folder, headed));
            var head = new FreshClassHead(Networks.family(model(name)), LABELS);
            NetworkFolder.complete(model(name), folder, headed, head.settings());
            try (var again = Networks.encoder(folder, DType.F32)) {
                assertThat(logits(again)).isEqualTo(logits(headed));
                assertThat(again.labels())
                        .isEqualTo(new Labels(LABELS, Labels.Problem.SINGLE_LABEL));
            }
        }
        var config = Json.read(folder.resolve("config.json"));
        assertThat(config.at("/label2id/blue").intValue()).isEqualTo(2);
        assertThat(config.at("/architectures/0").asString()).endsWith("ForSequenceClassification");
    }

    /// normal(0, 0.02) and zero, as transformers' _init_weights
    @Test
    void theHeadIsDrawnAsTransformersDrawsIt() {
        try (var headed = classifier(model("bert-masked-lm"), 3)) {
            var weight = values(headed, "classifier.weight").orElseThrow();
            double mean = 0;
            double square = 0;
            for (float value : weight) {
                mean += value / weight.length;
                square += value * value / weight.length;
            }
            assertThat(mean).isCloseTo(0, within(0.006)); // 0.02 / √160, four times
            assertThat(Math.sqrt(square)).isCloseTo(0.02, within(0.004));
            assertThat(values(headed, "classifier.bias").orElseThrow()).containsOnly(0);
        }
    }

    private static Optional<float[]> values(Encoder encoder, String name) {
        return Optional.ofNullable(encoder.own().rows().get(name))
                .map(rows ->
                        Engine.call(() -> {
                            try (var _ = TensorScope.open()) {
                                return rows.view().toFloats();
                            }
                        }));
    }

    @Test
    void aGgufFileIsNotStoredWhole() {
        assertThatThrownBy(() -> NetworkFolder.check(model("gguf-bert")))
                .hasMessageContaining("not a GGUF file")
                .hasMessageContaining("method: lora");
    }
}
