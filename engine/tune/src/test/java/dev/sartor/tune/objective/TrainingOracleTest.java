package dev.sartor.tune.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.SentenceEncoder;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.RecordedPass.Kept;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.PreferenceRow;
import dev.sartor.tune.Reference;
import dev.sartor.tune.SimilarRow;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Six AdamW steps on tiny random models, as transformers, PEFT and torch computed them in fp32: the same loss within 1e-3
/// and the same gradient norm within 5e-3 of itself.
class TrainingOracleTest {
    private static final TuneSettings SETTINGS =
            TuneSettings.usual().with(TuneSchedule.constant(1e-2)).withWeightDecay(0.01);

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
                "smollm3",
                "t5",
                "t5-v1_1",
                "bert-masked-lm",
                "bert-classifier"
            })
    void anAdapterIsTrainedAsPeftTrainsIt(String name) {
        var training = Json.read(Reference.model(name).resolve("lora/training.json"));
        follow(name, training, adapter(name, "lora"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rslora", "dora", "ranks"})
    void soAreItsVariants(String variant) {
        follow("llama", Reference.training("lora-" + variant), adapter("llama", variant));
    }

    @Test
    void soIsOneOnWeightsInInt8() {
        var path = Reference.model("llama");
        try (var decoder = Networks.trainable(path, Precision.INT8, DType.F32)) {
            var training = Reference.training("lora-int8");
            var steps =
                    steps(
                            () -> TrainedAdapter.stored(decoder, path.resolve("lora")),
                            trained -> new CausalLmObjective(decoder, trained, Kept.INPUTS, false),
                            Reference.texts(training));
            assertFollows(steps, training, 1e-3);
        }
    }

    /// In bf16 and 4 bits nothing is equal to the last digit: the loss falls as it does in fp32.
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BF16", "INT8", "INT4"})
    void lossFallsInBf16WhateverTheWeightsAreHeldIn(Precision precision) {
        var path = Reference.model("llama");
        try (var decoder = Networks.trainable(path, precision, DType.BF16)) {
            var training = Json.read(path.resolve("lora/training.json"));
            var steps =
                    steps(
                            () -> TrainedAdapter.stored(decoder, path.resolve("lora")),
                            trained ->
                                    new CausalLmObjective(decoder, trained, Kept.EVERYTHING, false),
                            Reference.texts(training));
            for (int i = 0; i < steps.size(); i++) {
                double expected = training.get("steps").get(i).get("loss").doubleValue();
                assertThat(steps.get(i).loss()).isCloseTo(expected, within(0.1 * expected));
            }
        }
    }

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
                "smollm3",
                "t5",
                "t5-v1_1",
                "bert-masked-lm",
                "bert-classifier",
                "distilbert-classifier",
                "roberta-masked-lm",
                "mpnet-classifier",
                "modernbert-masked-lm"
            })
    void aWholeNetworkIsTrainedAsTorchTrainsIt(String name) {
        follow(
                name,
                Reference.training("full-" + name),
                network -> new TrainedNetwork(network, TuneMethod.Full.everything()));
    }

    @Test
    void preferencesAreLearnedAsTorchLearnsThem() {
        var training = Reference.training("preferences");
        var rows = new ArrayList<PreferenceRow>();
        for (int i = 0; i < training.get("chosen").size(); i++) {
            int prompt = training.get("prompts").get(i).intValue();
            rows.add(
                    new PreferenceRow(
                            TrainingRow.answer(
                                    Reference.numbers(training.get("chosen").get(i)), prompt),
                            TrainingRow.answer(
                                    Reference.numbers(training.get("rejected").get(i)), prompt)));
        }
        double beta = training.get("beta").doubleValue();
        try (var decoder = Networks.decoder(Reference.model("llama"), DType.F32)) {
            var steps =
                    steps(
                            () -> adapter("llama", "lora").apply(decoder),
                            trained -> new DpoObjective(decoder, trained, Kept.EVERYTHING, beta),
                            rows);
            assertFollows(steps, training, 1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"meanings-pairs", "meanings-triplets"})
    void meaningsAreLearnedAsSentenceTransformersLearnsThem(String name) {
        var training = Reference.training(name);
        var texts = training.get("texts");
        var rows =
                IntStream.range(0, texts.get(0).size())
                        .mapToObj(i ->
                                new SimilarRow(
                                        Reference.numbers(texts.get(0).get(i)),
                                        Reference.numbers(texts.get(1).get(i)),
                                        texts.size() > 2
                                                ? Optional.of(
                                                        Reference.numbers(texts.get(2).get(i)))
                                                : Optional.empty()))
                        .toList();
        try (var encoder = SentenceEncoder.open(Reference.model("bert-masked-lm"), DType.F32)) {
            var steps =
                    steps(
                            () ->
                                    new TrainedNetwork(
                                            encoder.network(),
                                            new TuneMethod.Full(List.of("bert."))),
                            trained -> new ContrastiveObjective(encoder, trained),
                            rows);
            assertFollows(steps, training, 1e-3);
        }
    }

    @Test
    void textsOfOneGroupAreNotToldFromEachOther() {
        var alone = firstLoss(OptionalInt.empty(), OptionalInt.empty());
        assertThat(alone).isGreaterThan(0.1);
        assertThat(firstLoss(OptionalInt.of(1), OptionalInt.of(2)))
                .as("two groups are told apart as before")
                .isCloseTo(alone, within(1e-6));
        assertThat(firstLoss(OptionalInt.of(1), OptionalInt.of(1)))
                .as("nothing is left to tell the positive from")
                .isCloseTo(0, within(1e-6));
    }

    /// Of two pairs.
    private static double firstLoss(OptionalInt one, OptionalInt other) {
        var texts = Reference.training("meanings-pairs").get("texts");
        var rows =
                List.of(
                        new SimilarRow(text(texts, 0, 0), text(texts, 1, 0), Optional.empty(), one),
                        new SimilarRow(
                                text(texts, 0, 1), text(texts, 1, 1), Optional.empty(), other));
        try (var encoder = SentenceEncoder.open(Reference.model("bert-masked-lm"), DType.F32)) {
            var steps =
                    steps(
                            () ->
                                    new TrainedNetwork(
                                            encoder.network(),
                                            new TuneMethod.Full(List.of("bert."))),
                            trained -> new ContrastiveObjective(encoder, trained),
                            rows);
            return steps.getFirst().loss();
        }
    }

    private static int[] text(JsonNode texts, int side, int row) {
        return Reference.numbers(texts.get(side).get(row));
    }

    private static Function<Network, Trainable> adapter(String name, String folder) {
        return network -> TrainedAdapter.stored(network, Reference.model(name).resolve(folder));
    }

    private static void follow(String name, JsonNode training, Function<Network, Trainable> made) {
        var path = Reference.model(name);
        try (var network = Networks.open(path, DType.F32)) {
            var steps =
                    switch (network) {
                        case Decoder decoder ->
                                steps(
                                        () -> made.apply(network),
                                        trained ->
                                                new CausalLmObjective(
                                                        decoder, trained, Kept.EVERYTHING, false),
                                        Reference.texts(training));
                        case EncoderDecoder both ->
                                steps(
                                        () -> made.apply(network),
                                        trained -> new Seq2SeqObjective(both, trained),
                                        Reference.pairs(training));
                        case Encoder encoder ->
                                encoder.tellsClasses()
                                        ? steps(
                                                () -> made.apply(network),
                                                trained -> new ClassObjective(encoder, trained),
                                                Reference.labelled(training, labels(training)))
                                        : steps(
                                                () -> made.apply(network),
                                                trained ->
                                                        new MaskedLmObjective(
                                                                encoder, trained, Optional.empty()),
                                                Reference.masked(training));
                    };
            assertFollows(steps, training, 1e-3);
        }
    }

    private static JsonNode labels(JsonNode training) {
        return training.path("classes").isArray()
                ? training.get("classes")
                : training.get("labels");
    }

    private static <R> List<Learner.Step> steps(
            java.util.concurrent.Callable<Trainable> made,
            Function<Trainable, Objective<R>> objective,
            List<R> rows) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var trained = made.call();
                try (var learner = new Learner<>(trained, objective.apply(trained), SETTINGS)) {
                    return IntStream.range(0, 6)
                            .mapToObj(_ -> learner.step(0, rows, 1e-2, _ -> true))
                            .toList();
                }
            }
        });
    }

    private static void assertFollows(
            List<Learner.Step> steps, JsonNode training, double tolerance) {
        var expected = training.get("steps");
        assertThat(steps).hasSize(6);
        for (int i = 0; i < steps.size(); i++) {
            var loss = expected.get(i).get("loss").doubleValue();
            var norm = expected.get(i).get("grad_norm").doubleValue();
            assertThat(steps.get(i).loss())
                    .as("loss of step %d", i + 1)
                    .isCloseTo(loss, within(tolerance * Math.max(1, loss)));
            assertThat(steps.get(i).gradientNorm())
                    .as("gradient norm of step %d", i + 1)
                    .isCloseTo(norm, within(5e-3 * norm));
        }
    }
}
