package dev.sartor.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdamStepTest {
    private static final AdamStep STEP = new AdamStep(0.9, 0.999, 1e-8, 0.5, 0.02, 3.5, 0.01);

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @CsvSource({"1, F32", "4096, F32", "9001, F32", "17, BF16", "9001, BF16"})
    void isTheFormulaForEachParameter(int count, DType type) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var master = normal(count);
                var gradient = normal(count).to(type);
                var mean = normal(count);
                var square = squared(normal(count));
                var working = type == DType.F32 ? master : master.to(type);
                float[] w = master.toFloats();
                float[] g = gradient.to(DType.F32).toFloats();
                float[] m = mean.toFloats();
                float[] v = square.toFloats();
                STEP.take(master, working, gradient, mean, square);
                float[] means = mean.toFloats();
                float[] squares = square.toFloats();
                float[] weights = master.toFloats();
                for (int i = 0; i < count; i++) {
                    double flowing = 0.5 * g[i];
                    double newMean = 0.9 * m[i] + 0.1 * flowing;
                    double newSquare = 0.999 * v[i] + 0.001 * flowing * flowing;
                    double expected =
                            w[i] * 0.99 - 0.02 * newMean / (Math.sqrt(newSquare) * 3.5 + 1e-8);
                    assertThat(means[i]).isCloseTo((float) newMean, within(1e-6f));
                    assertThat(squares[i]).isCloseTo((float) newSquare, within(1e-5f));
                    assertThat(weights[i])
                            .isCloseTo((float) expected, within(2e-5f * scale(expected)));
                }
                assertThat(working.to(DType.F32).toFloats())
                        .isEqualTo(master.to(type).to(DType.F32).toFloats());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, F32", "4097, F32", "70000, F32", "70000, BF16"})
    void squaresAreSummed(int count, DType type) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var x = normal(count).to(type);
                double expected = 0;
                for (float value : x.to(DType.F32).toFloats()) {
                    expected += (double) value * value;
                }
                assertThat(AdamStep.squares(x)).isCloseTo(expected, within(1e-5 * expected));
                assertThat(AdamStep.squares(x)).isEqualTo(AdamStep.squares(x));
            }
        });
    }

    private static float scale(double value) {
        return (float) Math.max(1, Math.abs(value));
    }

    private Tensor normal(int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, count);
    }

    private static Tensor squared(Tensor x) {
        return x.times(x);
    }
}
