package dev.sartor.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.Adapters;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every tiny decoder in the test resources, as it is and with its LoRA adapter on: the logits of transformers and PEFT in
/// fp32, and the greedy tokens of transformers.
class DecoderReferencesTest {
    /// Covers sums in another order.
    private static final double TOLERANCE = 2e-4;

    private static int checked;

    static List<String> models() {
        var llama = ReferenceModel.of("llama").folder();
        try (var folders = Files.list(Objects.requireNonNull(llama.getParent()))) {
            return folders.filter(folder -> Files.exists(folder.resolve("config.json")))
                    .filter(folder -> Networks.kind(folder) == Networks.Kind.DECODER)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void computesWhatTransformersAndPeftCompute(String name) {
        var folder = ReferenceModel.of(name).folder();
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            var reference = ReferenceCheck.read(folder.resolve("reference.json"));
            var plain = check(name, reference, decoder, Adapters.none());
            assertThat(plain.tokens()).isEqualTo(16);
            assertThat(plain.same()).isEqualTo(16);
            var lora = folder.resolve("lora");
            if (Files.exists(lora)) {
                try (var adapter = adapter(lora, decoder)) {
                    var adapted = reference.withLogitsOf(lora.resolve("reference.json"));
                    check(name + " with its adapter", adapted, decoder, adapter);
                }
            }
        }
    }

    /// Two bytes a weight keep about three digits of these logits, which are of the size 1 to 10.
    @ParameterizedTest
    @MethodSource("models")
    void computesNearlyTheSameInBfloat16(String name) {
        var folder = ReferenceModel.of(name).folder();
        try (var decoder = Networks.decoder(folder, DType.BF16)) {
            var reference = ReferenceCheck.read(folder.resolve("reference.json"));
            assertThat(reference.of(decoder, Adapters.none()).difference()).isLessThan(0.3);
        }
    }

    private static ReferenceCheck.Outcome check(
            String what, ReferenceCheck reference, Decoder decoder, Adapters adapters) {
        var outcome = reference.of(decoder, adapters);
        assertThat(outcome.difference()).as(what).isLessThan(TOLERANCE);
        assertThat(outcome.compared()).isEqualTo(26L * decoder.vocabulary());
        checked++;
        return outcome;
    }

    private static LoraAdapter adapter(Path folder, Network network) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return PeftFolder.read(folder, network);
            }
        });
    }

    @AfterAll
    static void saysHowMany() {
        System.out.println(checked + " references of decoders agree within " + TOLERANCE);
    }
}
