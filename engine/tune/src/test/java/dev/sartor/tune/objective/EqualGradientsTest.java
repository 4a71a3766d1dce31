package dev.sartor.tune.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.RecordedPass.Kept;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// However a step is computed, its gradients are the same: ‖Δg‖ ÷ ‖g‖ of each tensor below 1e-5 in fp32.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EqualGradientsTest {
    private final Decoder decoder = Networks.decoder(Reference.model("llama"), DType.F32);
    private final List<TrainingRow> rows = rows();

    /// How a step is computed.
    private record Way(Kept kept, boolean shares, int microBatchTokens) {
        static Way plain() {
            return new Way(Kept.EVERYTHING, false, Integer.MAX_VALUE);
        }
    }

    @AfterAll
    void free() {
        decoder.close();
    }

    @Test
    void rowsInOnePassGiveTheGradientsOfRowsByThemselves() {
        assertEqual(Way.plain(), new Way(Kept.EVERYTHING, false, 1));
    }

    @Test
    void aPrefixComputedOnceGivesTheGradientsOfOneComputedInEachRow() {
        assertThat(TrainingBatch.commonPrefix(rows)).isEqualTo(6);
        assertEqual(Way.plain(), new Way(Kept.EVERYTHING, true, Integer.MAX_VALUE));
    }

    @Test
    void fourPassesOfFourRowsGiveTheGradientsOfSixteen() {
        assertEqual(Way.plain(), new Way(Kept.EVERYTHING, false, 60));
    }

    @Test
    void blocksComputedAgainGiveTheGradientsOfBlocksThatAreKept() {
        assertEqual(Way.plain(), new Way(Kept.INPUTS, false, Integer.MAX_VALUE));
    }

    @Test
    void allOfItTogetherDoes() {
        assertEqual(Way.plain(), new Way(Kept.INPUTS, true, 60));
    }

    private void assertEqual(Way one, Way other) {
        for (boolean full : new boolean[] {false, true}) {
            var expected = gradients(one, full);
            var found = gradients(other, full);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            assertThat(expected).hasSizeGreaterThan(10);
            expected.forEach((name, gradient) ->
                    assertThat(difference(gradient, found.getOrDefault(name, new float[0])))
                            .as(name)
                            .isLessThan(1e-5));
        }
    }

    /// ‖a − b‖ ÷ ‖a‖
    private static double difference(float[] a, float[] b) {
        assertThat(b).hasSameSizeAs(a);
        double apart = 0;
        double whole = 0;
        for (int i = 0; i < a.length; i++) {
            apart += Math.pow((double) a[i] - b[i], 2);
            whole += Math.pow(a[i], 2);
        }
        assertThat(whole).isPositive();
        return Math.sqrt(apart / whole);
    }

    private Map<String, float[]> gradients(Way way, boolean full) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var trained =
                        full
                                ? new TrainedNetwork(decoder, TuneMethod.Full.everything())
                                : TrainedAdapter.stored(
                                        decoder, Reference.model("llama").resolve("lora"));
                var settings = TuneSettings.usual().withMicroBatchTokens(way.microBatchTokens());
                var objective = new CausalLmObjective(decoder, trained, way.kept(), way.shares());
                try (var learner = new Learner<>(trained, objective, settings)) {
                    learner.gradients(rows);
                    var tensors =
                            switch (trained) {
                                case TrainedNetwork network -> network.gradients();
                                case TrainedAdapter adapter -> adapter.gradients();
                                case Untrained _ -> throw new AssertionError();
                            };
                    var copies = new HashMap<String, float[]>();
                    tensors.forEach((name, tensor) -> copies.put(name, tensor.toFloats()));
                    return copies;
                }
            }
        });
    }

    /// Sixteen rows of different lengths that begin alike.
    private static List<TrainingRow> rows() {
        var random = new Random(5);
        return IntStream.range(0, 16)
                .mapToObj(i -> {
                    int length = 10 + random.nextInt(8);
                    var ids =
                            IntStream.range(0, length)
                                    .map(t -> t < 6 ? 40 + t : i * 3 + 3 + t)
                                    .toArray();
                    return TrainingRow.answer(ids, 8);
                })
                .toList();
    }
}
