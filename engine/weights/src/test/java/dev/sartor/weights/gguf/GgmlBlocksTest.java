package dev.sartor.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.weights.Resources;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GgmlBlocksTest {
    static Stream<String> types() {
        return Resources.json("gguf-blocks.json.gz").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void givesTheValuesThatGgufGives(String type) {
        var reference = Resources.json("gguf-blocks.json.gz").path(type);
        var blocks = HexFormat.of().parseHex(reference.path("bytes").asString());
        var actual = floats(GgmlType.valueOf(type), blocks);
        assertThat(actual).hasSize(reference.path("values").size());
        for (int i = 0; i < actual.length; i++) {
            var expected = reference.path("values").get(i);
            if (expected.isNull()) { // JSON has no word for infinite and NaN
                assertThat(Float.isFinite(actual[i])).isFalse();
            } else { // seven digits are written
                assertThat((double) actual[i])
                        .isCloseTo(
                                expected.doubleValue(),
                                within(Math.abs(expected.doubleValue()) * 6e-7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_1", "Q8_0", "Q6_K", "Q4_K", "F16"})
    void manyBlocksDecodeLikeEachAlone(GgmlType type) {
        int number =
                100_003 / type.blockValues(); // more than one chunk, and a last one that is not
        // full
        var blocks = new byte[number * type.blockBytes()];
        new SplittableRandom(5).nextBytes(blocks);
        var together = floats(type, blocks);
        for (int i = 0; i < number; i += 97) {
            var one = new byte[type.blockBytes()];
            System.arraycopy(blocks, i * one.length, one, 0, one.length);
            var alone = floats(type, one);
            for (int j = 0; j < alone.length; j++) {
                assertThat(Float.floatToIntBits(together[i * alone.length + j]))
                        .isEqualTo(Float.floatToIntBits(alone[j]));
            }
        }
    }

    @Test
    void bfloat16IsRoundedToTheNearestAndTiesToEven() {
        float[] values = {1f, 0x1.01p0f, 0x1.03p0f, 1.004f, -0f, 3.4e38f, Float.NaN};
        int[] expected = {0x3f80, 0x3f80, 0x3f82, 0x3f81, 0x8000, 0x7f80, 0x7fc0};
        var halves = MemorySegment.ofArray(new short[values.length]);
        GgmlBlocks.toBfloat16(GgmlType.F32, segment(values), halves);
        for (int i = 0; i < expected.length; i++) {
            assertThat(halves.getAtIndex(ValueLayout.JAVA_SHORT, i) & 0xffff)
                    .isEqualTo(expected[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_1", "Q6_K", "BF16"})
    void bfloat16IsTheRoundedFloat32(GgmlType type) {
        var blocks = new byte[40 * type.blockBytes()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (byte) (i * 37 % 59); // no infinite scales
        }
        var floats = floats(type, blocks);
        try (var arena = Arena.ofConfined()) {
            var straight = arena.allocate(floats.length * 2L);
            GgmlBlocks.toBfloat16(type, MemorySegment.ofArray(blocks), straight);
            var rounded = arena.allocate(floats.length * 2L);
            GgmlBlocks.toBfloat16(GgmlType.F32, segment(floats), rounded);
            assertThat(straight.mismatch(rounded)).isEqualTo(-1);
        }
    }

    @Test
    void anUnsupportedTypeIsNamedWithWhatIsSupported() {
        assertThatThrownBy(() -> floats(GgmlType.IQ2_XXS, new byte[66]))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("IQ2_XXS")
                .hasMessageContaining("Q4_1");
    }

    @Test
    void aTargetOfTheWrongSizeIsRefused() {
        assertThatThrownBy(() ->
                        GgmlBlocks.toFloat32(
                                GgmlType.Q4_1,
                                MemorySegment.ofArray(new byte[20]),
                                MemorySegment.ofArray(new float[31])))
                .isInstanceOf(SartorException.class);
    }

    private static MemorySegment segment(float[] floats) {
        var segment = Arena.ofAuto().allocate(floats.length * 4L);
        MemorySegment.copy(floats, 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, floats.length);
        return segment;
    }

    private static float[] floats(GgmlType type, byte[] blocks) {
        var floats = new float[blocks.length / type.blockBytes() * type.blockValues()];
        GgmlBlocks.toFloat32(type, MemorySegment.ofArray(blocks), MemorySegment.ofArray(floats));
        return floats;
    }
}
