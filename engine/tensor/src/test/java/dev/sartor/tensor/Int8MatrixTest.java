package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Int8MatrixTest {
    private static final int OUT = 37;
    private static final int IN = 83; // no multiple of any vector's length

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void turnedProductIsCloseEvenWhereTheInputHasOutliers() {
        int in = 192; // three blocks of 64
        var weight = normal(OUT * in);
        var x = normal(2 * in);
        x[70] = 40;
        x[in + 5] = -60;
        var product =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var matrix = Matrix.int8(Tensors.of(weight, OUT, in))) {
                        return matrix.product(Tensors.of(x, 2, in), Optional.empty()).toFloats();
                    }
                });
        for (int i = 0; i < product.length; i++) {
            double exact = 0;
            for (int k = 0; k < in; k++) {
                exact += (double) weight[i % OUT * in + k] * x[i / OUT * in + k];
            }
            assertThat((double) product[i]).isCloseTo(exact, within(2.5)); // unturned it would be 5
        }
    }

    @Test
    void turningTwiceGivesBackTheRow() {
        int width = 192;
        var row = normal(width);
        var back =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var x = Tensors.of(row, 1, width);
                        var turn = HadamardTransform.of(width);
                        RowKernels.hadamard(x.address(), 1, turn, width, 1);
                        RowKernels.hadamard(x.address(), 1, turn, width, 1f / turn.block());
                        return x.toFloats();
                    }
                });
        for (int i = 0; i < width; i++) {
            assertThat(back[i]).isCloseTo(row[i], within(1e-5f));
        }
    }

    @Test
    void productIsThatOfTheRoundedRowsAndTheRoundedWeight() {
        var weight = normal(OUT * IN);
        var x = normal(5 * IN);
        var bias = normal(OUT);
        var product = product(weight, x, Optional.of(bias));
        for (int row = 0; row < 5; row++) {
            for (int out = 0; out < OUT; out++) {
                assertThat(product[row * OUT + out])
                        .isCloseTo(expected(weight, x, row, out) + bias[out], within(1e-4f));
            }
        }
    }

    @Test
    void rowAloneHasTheSameProductBitForBit() {
        var weight = normal(OUT * IN);
        var x = normal(16 * IN);
        var together = product(weight, x, Optional.empty());
        var third = java.util.Arrays.copyOfRange(x, 3 * IN, 4 * IN);
        var alone = product(weight, third, Optional.empty());
        assertThat(java.util.Arrays.copyOfRange(together, 3 * OUT, 4 * OUT)).isEqualTo(alone);
    }

    @Test
    void rowOfZerosGivesZeros() {
        assertThat(product(normal(OUT * IN), new float[IN], Optional.empty())).containsOnly(0f);
    }

    @Test
    void notANumberStaysInItsRow() {
        var x = normal(2 * IN);
        x[4] = Float.NaN;
        var product = product(normal(OUT * IN), x, Optional.empty());
        assertThat(product[0]).isNaN();
        assertThat(product[OUT]).isFinite();
    }

    @Test
    void denseIsWithinHalfAStepOfTheWeight() {
        var weight = normal(OUT * IN);
        var dense =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var matrix = Matrix.int8(Tensors.of(weight, OUT, IN))) {
                        return matrix.dense().toFloats();
                    }
                });
        for (int i = 0; i < dense.length; i++) {
            assertThat(dense[i]).isCloseTo(weight[i], within(0.51f * step(weight, i / IN)));
        }
    }

    private float[] product(float[] weight, float[] x, Optional<float[]> bias) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var matrix = Matrix.int8(Tensors.of(weight, OUT, IN))) {
                return matrix.product(
                                Tensors.of(x, x.length / IN, IN), bias.map(b -> Tensors.of(b, OUT)))
                        .toFloats();
            }
        });
    }

    private static float expected(float[] weight, float[] x, int row, int out) {
        double largest = 0;
        for (int i = 0; i < IN; i++) {
            largest = Math.max(largest, Math.abs(x[row * IN + i]));
        }
        double sum = 0;
        for (int i = 0; i < IN; i++) {
            double input = Math.rint(x[row * IN + i] / largest * InputRange.STEPS);
            double step = step(weight, out);
            sum +=
                    input
                            / InputRange.STEPS
                            * largest
                            * Math.rint(weight[out * IN + i] / step)
                            * step;
        }
        return (float) sum;
    }

    private static float step(float[] weight, int row) {
        float largest = 0;
        for (int i = 0; i < IN; i++) {
            largest = Math.max(largest, Math.abs(weight[row * IN + i]));
        }
        return largest / 127;
    }

    private float[] normal(int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
