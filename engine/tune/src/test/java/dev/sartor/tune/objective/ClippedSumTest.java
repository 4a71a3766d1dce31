package dev.sartor.tune.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.RecordedPass.Kept;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.ClippedRows;
import dev.sartor.tune.PrivacyLedger;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.optimiser.GradientNorm;
import dev.sartor.tune.optimiser.Peers;
import dev.sartor.tune.privacy.ClippedSum;
import dev.sartor.tune.privacy.NoiseKey;
import dev.sartor.tune.privacy.PrivateSteps;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Beside Opacus, which resources/training/dp_sgd.py asked: the sum of clipped gradients before noise within 1e-5 of its length.
class ClippedSumTest {
    private static final double NOISE = 0.5;

    @TempDir Path folder;

    @Test
    void anAdaptersClippedGradientsAddUpToWhatOpacusSays() {
        var path = Reference.model("llama");
        try (var decoder = Networks.decoder(path, DType.F32)) {
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var trained = TrainedAdapter.stored(decoder, path.resolve("lora"))) {
                    assertFollows(
                            Reference.training("dp-sgd").get("llama"),
                            trained,
                            new CausalLmObjective(decoder, trained, Kept.EVERYTHING, true),
                            Reference.texts(Json.read(path.resolve("lora/training.json"))));
                }
            });
        }
    }

    @Test
    void soDoThoseOfAWholeClassifier() {
        var path = Reference.model("bert-classifier");
        try (var encoder = Networks.encoder(path, DType.F32)) {
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var trained = new TrainedNetwork(encoder, TuneMethod.Full.everything())) {
                    var training = Json.read(path.resolve("lora/training.json"));
                    assertFollows(
                            Reference.training("dp-sgd").get("bert-classifier"),
                            trained,
                            new ClassObjective(encoder, trained),
                            Reference.labelled(training, training.get("classes")));
                }
            });
        }
    }

    private <R> void assertFollows(
            JsonNode expected, Trainable trained, Objective<R> objective, List<R> rows) {
        double clip = expected.get("clip").doubleValue();
        var privacy = privacy(clip);
        var learner =
                new Learner<>(
                        trained,
                        objective,
                        TuneSettings.usual(),
                        Peers.none(),
                        Optional.of(privacy));
        for (int i = 0; i < rows.size(); i++) {
            double norm = expected.get("norms").get(i).doubleValue();
            assertThat(learner.gradients(List.of(rows.get(i))).gradientNorm())
                    .isCloseTo(norm, within(1e-5 * norm));
        }
        try (var sum = new ClippedSum(trained.parameters(), privacy)) {
            sum.begin();
            assertThat(learner.clippedSum(sum, rows).clipped()).contains(new ClippedRows(3, 2));
            assertThat(GradientNorm.of(sum.sums())).isLessThan(3 * clip);
            assertSums(expected, named(trained, sum));
            assertNoisedAndDivided(sum);
            sum.begin();
            learner.clippedSum(sum, List.of());
            assertThat(GradientNorm.of(sum.sums())).isZero();
        }
        learner.optimiser().close();
    }

    /// What the noise leaves of the sum is it and its noise, over the rows of a step on the mean.
    private void assertNoisedAndDivided(ClippedSum sum) {
        double clip = sum.clip();
        var before = flat(sum);
        sum.noise(5);
        var after = flat(sum);
        double squares = 0;
        for (int i = 0; i < before.length; i++) {
            squares += Math.pow(8.0 * after[i] - before[i], 2) / before.length;
        }
        double error = 4 * Math.sqrt(2.0 / before.length);
        assertThat(squares / Math.pow(NOISE * clip, 2)).isCloseTo(1, within(error));
    }

    private static float[] flat(ClippedSum sum) {
        var parts = sum.sums().stream().map(each -> each.gradient().toFloats()).toList();
        var all = new float[parts.stream().mapToInt(each -> each.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// The sums by the parameters' names, through the gradients that they are the sums of.
    private static Map<String, Tensor> named(Trainable trained, ClippedSum sum) {
        for (int i = 0; i < sum.sums().size(); i++) {
            trained.parameters().get(i).gradient().copyFrom(sum.sums().get(i).gradient());
        }
        return switch (trained) {
            case TrainedAdapter adapter -> adapter.gradients();
            case TrainedNetwork network -> network.gradients();
            case Untrained _ -> throw new AssertionError();
        };
    }

    /// The reference holds all values of small tensors, and every so many of large ones.
    private static void assertSums(JsonNode expected, Map<String, Tensor> found) {
        int every = expected.get("every").intValue();
        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.get("sums").propertyNames());
        found.forEach((name, tensor) -> {
            var values = tensor.toFloats();
            var reference = expected.get("sums").get(name);
            assertThat(reference).hasSize(Math.ceilDiv(values.length, every));
            double apart = 0;
            double whole = 0;
            for (int i = 0; i < reference.size(); i++) {
                double value = reference.get(i).doubleValue();
                apart += Math.pow(values[i * every] - value, 2);
                whole += value * value;
            }
            // Keys' biases have no gradient but for rounding: softmax does not see them.
            assertThat(Math.sqrt(apart)).as(name).isLessThan(1e-5 * Math.sqrt(whole) + 1e-6);
        });
    }

    private PrivateSteps privacy(double clip) {
        var key = NoiseKey.of(folder, false, new SecureRandom());
        return new PrivateSteps(new PrivacyLedger(8, 1e-5, NOISE, 0.05, 100, clip), 8, key);
    }
}
