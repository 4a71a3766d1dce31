package dev.sartor.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Encoders and encoder-decoders against what transformers and PEFT compute in fp32.
class EncoderReferencesTest {
    /// Covers sums in another order.
    private static final double TOLERANCE = 2e-4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-masked-lm",
                "bert-classifier",
                "t5",
                "t5-v1_1",
                "bert-one-segment",
                "bert-tokens",
                "distilbert-tokens",
                "mpnet-tokens",
                "roberta-tokens",
                "distilbert-classifier",
                "distilbert-masked-lm",
                "flan-t5",
                "modernbert-classifier",
                "modernbert-masked-lm",
                "mpnet-classifier",
                "mpnet-masked-lm",
                "roberta-classifier",
                "roberta-masked-lm",
                "t5-silu"
            })
    void computesWhatTransformersComputes(String name) {
        var model = ReferenceModel.of(name);
        try (var network = Networks.open(model.folder(), DType.F32)) {
            var check = ReferenceCheck.read(model.folder().resolve("reference.json"));
            var outcome = check.of(network, Adapters.none());
            assertThat(outcome.difference()).isLessThan(TOLERANCE);
            assertThat(outcome.compared()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-classifier", // its new head is in modules_to_save
                "bert-masked-lm",
                "t5",
                "t5-v1_1",
                "distilbert-masked-lm",
                "flan-t5",
                "modernbert-masked-lm",
                "mpnet-masked-lm",
                "roberta-masked-lm"
            })
    void anAdapterComputesWhatPeftComputes(String name) {
        var model = ReferenceModel.of(name);
        var lora = model.folder().resolve("lora");
        try (var network = Networks.open(model.folder(), DType.F32);
                var adapter =
                        Engine.call(() -> {
                            try (var _ = TensorScope.open()) {
                                return PeftFolder.read(lora, network);
                            }
                        })) {
            var check =
                    ReferenceCheck.read(model.folder().resolve("reference.json"))
                            .withLogitsOf(lora.resolve("reference.json"));
            assertThat(check.of(network, adapter).difference()).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t5", "t5-v1_1", "flan-t5", "t5-silu"})
    void saysTheGreedyTokensOfTransformers(String name) {
        var model = ReferenceModel.of(name);
        var expected = model.greedy();
        try (var network = Networks.encoderDecoder(model.folder(), DType.F32)) {
            var two = List.of(model.ids()[0], Arrays.copyOf(model.ids()[1], 9));
            assertThat(greedy(network, two, expected.length)).isEqualTo(expected);
        }
    }

    /// What the first of the texts is answered, the others computed beside it and then alone.
    private static int[] greedy(EncoderDecoder network, List<int[]> texts, int length) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var both =
                            network.read(
                                    EncoderPass.of(texts, DType.F32), length, Adapters.none())) {
                var tokens = new int[length];
                tokens[0] = network.startToken();
                tokens[1] = next(network, both, tokens[0]);
                try (var alone = both.rows(new int[] {0})) {
                    for (int i = 2; i < length; i++) {
                        tokens[i] = next(network, alone, tokens[i - 1]);
                    }
                }
                return tokens;
            }
        });
    }

    private static int next(EncoderDecoder network, Decoding decoding, int token) {
        var ids = IntStream.generate(() -> token).limit(decoding.rows()).toArray();
        var states = decoding.step(ids, Adapters.none());
        return (int) network.logits(states, Adapters.none()).argmax(-1).toLongs()[0];
    }
}
