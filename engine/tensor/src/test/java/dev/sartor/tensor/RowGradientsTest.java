package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.tensor.kernel.GateGradient;
import dev.sartor.tensor.kernel.NormGradient;
import dev.sartor.tensor.kernel.RopeGradient;
import dev.sartor.tensor.kernel.SoftmaxGradient;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kernels against libtorch's recorded operators, over widths that fill vectors and widths that do not.
class RowGradientsTest {
    private static final int ROWS = 37;

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 64, 577})
    void normsAreThoseOfLibtorchForwardsAndBack(int width) {
        eachType((type, tolerance) -> {
            var x = random(1, type, ROWS, width);
            var weight = random(2, type, width);
            var flowing = random(3, type, ROWS, width);
            var before = random(4, type, ROWS, width);
            var leaf = Gradients.requireGrad(x.copy().to(DType.F32));
            var expected = recorded(() -> Tensors.rmsNorm(leaf, weight.to(DType.F32), 1e-5));
            Gradients.backward(expected, flowing.to(DType.F32));
            var scales = Tensors.empty(DType.F32, ROWS);
            var found = NormGradient.forward(x, weight, 1e-5, scales);
            var sum = before.copy();
            NormGradient.backward(x, weight, scales, flowing, sum);
            assertNear(found, expected, tolerance);
            assertNear(sum, Gradients.of(leaf).plus(before.to(DType.F32)), 4 * tolerance);
        });
    }

    @ParameterizedTest
    @EnumSource(GateGradient.Gate.class)
    void gatesAreThoseOfLibtorchForwardsAndBack(GateGradient.Gate gate) {
        for (int width : new int[] {1, 24, 64, 577}) {
            eachType((type, tolerance) -> {
                var both = random(5, type, ROWS, 2L * width);
                var flowing = random(6, type, ROWS, width);
                var leaf = Gradients.requireGrad(both.copy().to(DType.F32));
                var expected = recorded(() -> gated(gate, leaf));
                Gradients.backward(expected, flowing.to(DType.F32));
                assertNear(GateGradient.forward(gate, both), expected, tolerance);
                assertNear(
                        GateGradient.backward(gate, both, flowing),
                        Gradients.of(leaf),
                        2 * tolerance);
            });
        }
    }

    private static Tensor gated(GateGradient.Gate gate, Tensor both) {
        return switch (gate) {
            case SILU -> Tensors.siluGated(both);
            case GELU_TANH -> Tensors.geluTanhGated(both);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16, 64, 80})
    void aTurnBackUndoesATurn(int width) {
        eachType((type, tolerance) -> {
            var whole = random(7, type, ROWS, 5, width);
            var angles = random(8, DType.F32, ROWS, 1, width / 2);
            var cosine = Tensors.concat(-1, angles.cos(), angles.cos()).to(type);
            var sine = Tensors.concat(-1, angles.sin(), angles.sin()).to(type);
            var turned = whole.copy();
            RopeGradient.rotate(turned.slice(1, 0, 3), cosine, sine, false);
            var expected =
                    recorded(() ->
                            Tensors.rotated(
                                    whole.to(DType.F32), cosine.to(DType.F32), sine.to(DType.F32)));
            assertNear(turned.slice(1, 0, 3), expected.slice(1, 0, 3), 2 * tolerance);
            assertNear(turned.slice(1, 3, 2), whole.slice(1, 3, 2), 0);
            RopeGradient.rotate(turned.slice(1, 0, 3), cosine, sine, true);
            assertNear(turned, whole, 4 * tolerance);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 77, 128, 1001})
    void lossAndLogitsGradientAreThoseOfLibtorch(int classes) {
        eachType((type, tolerance) -> {
            var logits = random(9, type, ROWS, classes).multiply(3);
            var random = new Random(10);
            var targets = random.ints(ROWS, 0, classes).toArray();
            var weights = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                weights[i] = random.nextFloat();
            }
            var leaf = Gradients.requireGrad(logits.copy().to(DType.F32));
            var index = Tensors.indices(targets).view(ROWS, 1);
            var picked = recorded(() -> leaf.logSoftmax(-1).gathered(1, index).negated());
            Gradients.backward(picked, Tensors.of(weights, ROWS, 1));
            double loss = SoftmaxGradient.replace(logits, targets, weights);
            assertThat(loss).isCloseTo(picked.sum().item(), within(1e-3));
            assertNear(logits, Gradients.of(leaf), tolerance);
        });
    }

    private interface Check {
        void run(DType type, double tolerance);
    }

    private static void eachType(Check check) {
        Engine.run(() -> {
            for (var type : new DType[] {DType.F32, DType.BF16}) {
                try (var _ = TensorScope.open()) {
                    check.run(type, type == DType.F32 ? 1e-5 : 0.02);
                }
            }
        });
    }

    private static Tensor recorded(Supplier<Tensor> work) {
        try (var _ = Gradients.recorded()) {
            return work.get();
        }
    }

    private static Tensor random(long seed, DType type, long... shape) {
        Function<Long, Tensor> uniform = s -> Tensors.random(s, DType.F32, shape);
        return uniform.apply(seed).add(uniform.apply(seed + 100), -1).multiply(2).to(type);
    }

    /// Within the tolerance of the expected, or of one where that is less.
    private static void assertNear(Tensor found, Tensor expected, double tolerance) {
        var f = found.detached().toFloats();
        var e = expected.detached().toFloats();
        assertThat(f).hasSameSizeAs(e);
        for (int i = 0; i < f.length; i++) {
            assertThat((double) f[i])
                    .as("element %d", i)
                    .isCloseTo(e[i], within(tolerance * Math.max(1, Math.abs(e[i]))));
        }
    }
}
