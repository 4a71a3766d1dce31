package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int4MatrixTest {
    private static final int OUT = 37;
    private static final int IN = 83; // no multiple of a vector's length or of a group's

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @CsvSource({"1, 1e-3", "3, 1e-3", "16, 1e-3", "40, 0.3"})
    void productIsThatOfTheRoundedWeight(int rows, float close) {
        var weight = normal(OUT * IN);
        var x = normal(rows * IN);
        var bias = normal(OUT);
        var product = product(weight, x, Optional.of(bias));
        var rounded = dense(weight);
        for (int row = 0; row < rows; row++) {
            for (int out = 0; out < OUT; out++) {
                double sum = bias[out];
                for (int i = 0; i < IN; i++) {
                    sum += (double) rounded[out * IN + i] * x[row * IN + i];
                }
                assertThat(product[row * OUT + out]).isCloseTo((float) sum, within(close));
            }
        }
    }

    @Test
    void rowAloneHasTheSameProductBitForBit() {
        var weight = normal(OUT * IN);
        var x = normal(7 * IN);
        var together = product(weight, x, Optional.empty());
        var sixth = Arrays.copyOfRange(x, 5 * IN, 6 * IN);
        var alone = product(weight, sixth, Optional.empty());
        assertThat(Arrays.copyOfRange(together, 5 * OUT, 6 * OUT)).isEqualTo(alone);
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
        var dense = dense(weight);
        for (int row = 0; row < OUT; row++) {
            for (int group = 0; group < IN; group += 32) {
                int end = Math.min(IN, group + 32);
                var numbers = Arrays.copyOfRange(weight, row * IN + group, row * IN + end);
                Arrays.sort(numbers);
                float step = (numbers[numbers.length - 1] - numbers[0]) / 15;
                for (int i = row * IN + group; i < row * IN + end; i++) {
                    assertThat(dense[i]).isCloseTo(weight[i], within(0.52f * step));
                }
            }
        }
    }

    @Test
    void numbersOfFourBitsAndHalfPrecisionAreHeldWithoutLoss() {
        var weight = new float[OUT * 64];
        for (int group = 0; group < weight.length; group += 32) {
            float step = half((float) random.nextDouble(1e-5, 0.01));
            float least = half((float) random.nextDouble(-0.1, 0.1));
            for (int i = 0; i < 32; i++) {
                int nibble = i < 16 ? i : random.nextInt(16);
                weight[group + i] = step * nibble + least;
            }
        }
        var dense =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var matrix = Matrix.int4(Tensors.of(weight, OUT, 64))) {
                        return matrix.dense().toFloats();
                    }
                });
        assertThat(dense).isEqualTo(weight);
    }

    private static float half(float x) {
        return Float.float16ToFloat(Float.floatToFloat16(x));
    }

    private static float[] dense(float[] weight) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var matrix = Matrix.int4(Tensors.of(weight, OUT, IN))) {
                return matrix.dense().toFloats();
            }
        });
    }

    private static float[] product(float[] weight, float[] x, Optional<float[]> bias) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var matrix = Matrix.int4(Tensors.of(weight, OUT, IN))) {
                return matrix.product(
                                Tensors.of(x, x.length / IN, IN), bias.map(b -> Tensors.of(b, OUT)))
                        .toFloats();
            }
        });
    }

    private float[] normal(int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
