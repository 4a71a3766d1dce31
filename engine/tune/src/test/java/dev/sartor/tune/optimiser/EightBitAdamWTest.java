package dev.sartor.tune.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TinyTraining;
import dev.sartor.tune.TuneOptimiser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// AdamW whose state is held in 8 bits.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EightBitAdamWTest {
    private static final int COUNT = 5000;
    private static final int STEPS = 20;
    private static final int EACH = 10;

    private final Decoder decoder = TinyTraining.model();

    @TempDir Path folder;

    @AfterAll
    void free() {
        decoder.close();
    }

    /// resources/training/eight_bits.py has the formulas; numbers that lie between two codes may go to either.
    @Test
    void itTakesTheStepsOfBitsandbytes() {
        var expected = Reference.training("eight-bits");
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var master = Tensors.of(floats(i -> Math.cos(i / 100.0)), COUNT);
                var gradient = Tensors.zeros(DType.F32, COUNT);
                var all = List.of(new Parameters(master, master, gradient, false));
                try (var optimiser = new AdamW(all, TuneOptimiser.ADAMW_8BIT, 0, Peers.none())) {
                    for (int step = 1; step <= STEPS; step++) {
                        int now = step;
                        gradient.copyFrom(Tensors.of(floats(i -> gradient(i, now)), COUNT));
                        optimiser.step(1, 1e-3);
                    }
                    assertEqual(master, expected.get("parameters"), EACH, 2e-5);
                    var state = optimiser.state();
                    assertThat(sameCodes(state.get(0), expected.get("means"))).isGreaterThan(0.99);
                    assertEqual(state.get(1), expected.get("mean_scales"), 1, 1e-6);
                    assertThat(sameCodes(state.get(2), expected.get("squares")))
                            .isGreaterThan(0.99);
                    assertEqual(state.get(3), expected.get("square_scales"), 1, 1e-6);
                }
            }
        });
    }

    @FunctionalInterface
    private interface Formula {
        double at(int i);
    }

    private static double gradient(int i, int step) {
        return Math.sin(0.37 * i + 1.7 * step) * Math.pow(10, i % 7 - 5);
    }

    private static float[] floats(Formula formula) {
        var values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) formula.at(i);
        }
        return values;
    }

    private static void assertEqual(Tensor found, JsonNode expected, int each, double tolerance) {
        var values = found.toFloats();
        assertThat(expected.size()).isEqualTo((values.length + each - 1) / each);
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) values[i * each])
                    .isCloseTo(expected.get(i).doubleValue(), within(tolerance));
        }
    }

    private static double sameCodes(Tensor found, JsonNode expected) {
        var codes = found.to(DType.I64).toLongs();
        int same = 0;
        for (int i = 0; i < expected.size(); i++) {
            same += codes[i * EACH] == expected.get(i).longValue() ? 1 : 0;
        }
        return (double) same / expected.size();
    }

    @Test
    void aStoppedTrainingEndsInTheSameBytes() throws IOException {
        var whole = training("whole", TuneOptimiser.ADAMW_8BIT);
        whole.toTheEnd();
        var stopped = training("stopped", TuneOptimiser.ADAMW_8BIT);
        stopped.stopAfter(5);
        training("stopped", TuneOptimiser.ADAMW_8BIT).toTheEnd();
        assertThat(stopped.adapter()).isEqualTo(whole.adapter());
    }

    @Test
    void itLearnsLikeTheExactOneAndIsAnother() throws IOException {
        var exact = training("exact", TuneOptimiser.ADAMW);
        var rounded = training("rounded", TuneOptimiser.ADAMW_8BIT);
        double loss = exact.toTheEnd().checks().getLast().loss();
        assertThat(rounded.toTheEnd().checks().getLast().loss()).isCloseTo(loss, within(0.1));
        assertThat(rounded.adapter()).isNotEqualTo(exact.adapter());
    }

    private TinyTraining training(String name, TuneOptimiser optimiser) {
        return new TinyTraining(
                decoder,
                TinyTraining.usual().with(optimiser),
                folder.resolve(name),
                TinyTraining.rows());
    }
}
