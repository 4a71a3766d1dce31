package dev.sartor.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.weights.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Weights in blocks, against gguf-py (quantised.py beside the blocks) and against what they are read back as.
class WeightTypeTest {
    @ParameterizedTest
    @EnumSource
    void blocksAreByteForByteWhatGgufPyMakes(WeightType type) throws IOException {
        var reference = Resources.json("quantised.json");
        var values = HexFormat.of().parseHex(reference.path("values").asString());
        assertThat(HexFormat.of().formatHex(blocks(type, values)))
                .isEqualTo(reference.path(type.name()).asString());
    }

    /// A step is 1/127 of the greatest value in 8 bits, 1/8 in 4 bits.
    @ParameterizedTest
    @CsvSource({"Q8_0,127,0.51", "Q4_0,8,1.01"})
    void readBackNoValueIsFartherThanItsStep(WeightType type, int steps, double most)
            throws IOException {
        int count = 32 * 1031;
        var random = new SplittableRandom(11);
        var floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian() * (1 + i / 32 % 7);
        }
        var bytes = new byte[count * 4];
        MemorySegment.ofArray(bytes).copyFrom(MemorySegment.ofArray(floats));
        var blocks = blocks(type, bytes);
        var back = new float[count];
        GgmlBlocks.toFloat32(
                type.ggml(), MemorySegment.ofArray(blocks), MemorySegment.ofArray(back));
        for (int block = 0; block < count; block += 32) {
            double greatest = 0;
            for (int i = block; i < block + 32; i++) {
                greatest = Math.max(greatest, Math.abs(floats[i]));
            }
            for (int i = block; i < block + 32; i++) {
                // The scale is a half, with 11 bits.
                assertThat(Math.abs(back[i] - floats[i]))
                        .isLessThan((float) (greatest / steps * most + greatest / 1024));
            }
        }
    }

    /// The values that gguf gives for blocks are the type's own: rounded again they are the same bytes.
    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0"})
    void whatWasRoundedOnceStaysAsItIs(WeightType type) throws IOException {
        var random = new SplittableRandom(3);
        var floats = new float[32 * 64];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        var bytes = new byte[floats.length * 4];
        MemorySegment.ofArray(bytes).copyFrom(MemorySegment.ofArray(floats));
        var once = decoded(type, blocks(type, bytes));
        var twice = decoded(type, blocks(type, once));
        for (int i = 0; i < floats.length; i++) {
            float one =
                    MemorySegment.ofArray(once)
                            .getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, i);
            float two =
                    MemorySegment.ofArray(twice)
                            .getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, i);
            assertThat(two)
                    .isCloseTo(
                            one,
                            org.assertj.core.api.Assertions.within(Math.abs(one) / 512 + 1e-7f));
        }
    }

    @Test
    void whatAHalfCannotHoldIsRefusedByTheTensorsName() {
        var bytes = new byte[4];
        MemorySegment.ofArray(bytes).copyFrom(MemorySegment.ofArray(new float[] {70_000}));
        assertThatThrownBy(() -> blocks(WeightType.F16, bytes))
                .hasMessageContaining(
                        "tensor 'w' holds 70000.0, which F16 cannot hold: choose --type F32");
    }

    private static byte[] decoded(WeightType type, byte[] blocks) {
        var floats = new byte[blocks.length / type.ggml().blockBytes() * 32 * 4];
        GgmlBlocks.toFloat32(
                type.ggml(), MemorySegment.ofArray(blocks), MemorySegment.ofArray(floats));
        return floats;
    }

    private static byte[] blocks(WeightType type, byte[] floats) throws IOException {
        var out = new ByteArrayOutputStream();
        type.write("w", MemorySegment.ofArray(floats), out);
        return out.toByteArray();
    }
}
