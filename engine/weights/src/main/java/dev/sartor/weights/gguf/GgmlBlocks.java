package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/// Decodes GGML blocks into plain numbers, on all cores. The target holds whole blocks; its size says how many values
/// are decoded, so a run of rows can be decoded from a slice of the blocks.
public final class GgmlBlocks {
    /// Values decoded at a time: source, floats and result stay in the second-level cache.
    private static final int CHUNK = 1 << 14;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private GgmlBlocks() {}

    /// @param floats receives float32, four bytes a value
    public static void toFloat32(GgmlType type, MemorySegment blocks, MemorySegment floats) {
        if (type == GgmlType.F32) {
            checkSizes(type, blocks, floats, 4);
            floats.copyFrom(blocks);
            return;
        }
        decode(
                type,
                blocks,
                checkSizes(type, blocks, floats, 4),
                (from, values, count) ->
                        MemorySegment.copy(values, 0, floats, FLOAT, from * 4, count));
    }

    /// @param halves receives bfloat16, two bytes a value, rounded to the nearest, ties to even
    public static void toBfloat16(GgmlType type, MemorySegment blocks, MemorySegment halves) {
        if (type == GgmlType.BF16) {
            checkSizes(type, blocks, halves, 2);
            halves.copyFrom(blocks);
            return;
        }
        decode(
                type,
                blocks,
                checkSizes(type, blocks, halves, 2),
                (from, values, count) -> {
                    var rounded = new short[count];
                    for (int i = 0; i < count; i++) {
                        rounded[i] = bfloat16(values[i]);
                    }
                    MemorySegment.copy(rounded, 0, halves, SHORT, from * 2, count);
                });
    }

    private interface Sink {
        void accept(long from, float[] values, int count);
    }

    private static void decode(GgmlType type, MemorySegment blocks, long values, Sink sink) {
        var decoder = Dequantiser.of(type);
        LongStream.range(0, (values + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> {
                    long from = chunk * CHUNK;
                    int count = (int) Math.min(CHUNK, values - from);
                    sink.accept(from, chunk(type, decoder, blocks, from, count), count);
                });
    }

    private static float[] chunk(
            GgmlType type, Dequantiser decoder, MemorySegment blocks, long from, int count) {
        int number = count / type.blockValues();
        var raw = new byte[number * type.blockBytes()];
        long start = from / type.blockValues() * type.blockBytes();
        MemorySegment.copy(blocks, ValueLayout.JAVA_BYTE, start, raw, 0, raw.length);
        var floats = new float[count];
        for (int i = 0; i < number; i++) {
            decoder.decode(raw, i * type.blockBytes(), floats, i * type.blockValues());
        }
        return floats;
    }

    /// Rounded to the nearest, ties to even.
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
        boolean isNan = (bits & 0x7fffffff) > 0x7f800000;
        return (short) (isNan ? (bits >>> 16) | 0x40 : rounded);
    }

    private static long checkSizes(
            GgmlType type, MemorySegment blocks, MemorySegment target, int width) {
        long number = blocks.byteSize() / type.blockBytes();
        if (number * type.blockBytes() != blocks.byteSize()
                || number * type.blockValues() * width != target.byteSize()) {
            throw SartorException.defect(
                    blocks.byteSize()
                            + " bytes of "
                            + type
                            + " do not give "
                            + target.byteSize()
                            + " bytes of values "
                            + width
                            + " wide");
        }
        return number * type.blockValues();
    }

    static SartorException unsupported(GgmlType type) {
        return SartorException.user(
                "weights of GGML's type "
                        + type
                        + " are not supported: choose a file in Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K to"
                        + " Q6_K, IQ4_NL, IQ4_XS, MXFP4, F16, BF16 or F32.");
    }
}
