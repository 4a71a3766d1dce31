package dev.sartor.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Blockwise8BitTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNearestCodeIsFound(boolean signed) {
        var codes = signed ? DynamicCodes.SIGNED : DynamicCodes.UNSIGNED;
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            float size = (float) Math.pow(10, -8 * random.nextDouble());
            float value = signed && random.nextBoolean() ? -size : size;
            float found = codes.value(codes.nearest(value));
            assertThat(Math.abs(found - value)).isEqualTo(Math.abs(nearest(codes, value) - value));
        }
        assertThat(codes.value(codes.nearest(0))).isZero();
        assertThat(codes.value(codes.nearest(1))).isOne();
    }

    private static float nearest(DynamicCodes codes, float value) {
        float best = codes.value(0);
        for (int code = 1; code < 256; code++) {
            if (Math.abs(codes.value(code) - value) < Math.abs(best - value)) {
                best = codes.value(code);
            }
        }
        return best;
    }

    /// The widest gap between codes is 1.4 % of a block's largest number.
    @Test
    void eachBlockHasAScaleOfItsOwnAndTheLastMayBeShort() {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                int count = 100 * Blockwise8Bit.BLOCK + 17;
                var exact = new float[count];
                var random = new Random(2);
                for (int i = 0; i < count; i++) {
                    exact[i] = (float) (random.nextGaussian() * Math.pow(10, i / 256 % 5));
                }
                var bits = Blockwise8Bit.zeros(count, true);
                assertThat(bits.unpacked().toFloats()).containsOnly(0);
                bits.pack(Tensors.of(exact, count));
                var found = bits.unpacked().toFloats();
                var scales = bits.scales().toFloats();
                assertThat(scales).hasSize(101);
                for (int i = 0; i < count; i++) {
                    assertThat(Math.abs(found[i] - exact[i])).isLessThan(0.0072f * scales[i / 256]);
                }
                var slice = bits.slice(2L * Blockwise8Bit.BLOCK, 300);
                assertThat(slice.unpacked().toFloats()[299]).isEqualTo(found[512 + 299]);
            }
        });
    }

    @Test
    void aSliceWithinABlockIsRefused() {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var bits = Blockwise8Bit.zeros(1000, false);
                assertThatThrownBy(() -> bits.slice(100, 10)).hasMessageContaining("begin with");
            }
        });
    }
}
