package dev.sartor.weights.gguf;

/// Turns floats into one block of a GGML type, with the arithmetic of ggml's reference (`quantize_row_q8_0_ref` and
/// `quantize_row_q4_0_ref` in ggml-quants.c, gguf-py's quants.py), so that the bytes are the same.
@FunctionalInterface
interface Quantiser {
    /// @param floats the block's values from `from` on
    /// @param raw receives the block from `at` on
    void encode(float[] floats, int from, byte[] raw, int at);

    /// @throws dev.sartor.core.SartorException a defect for a type that is not written here
    static Quantiser of(WeightType type) {
        return switch (type) {
            case F32 ->
                    (floats, from, raw, at) -> i32(raw, at, Float.floatToRawIntBits(floats[from]));
            case F16 -> (floats, from, raw, at) -> half(raw, at, floats[from]);
            case BF16 -> (floats, from, raw, at) -> i16(raw, at, GgmlBlocks.bfloat16(floats[from]));
            case Q8_0 -> Quantiser::q8of0;
            case Q4_0 -> Quantiser::q4of0;
        };
    }

    private static void q8of0(float[] floats, int from, byte[] raw, int at) {
        float most = 0;
        for (int i = 0; i < 32; i++) {
            most = Math.max(most, Math.abs(floats[from + i]));
        }
        float scale = most / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        half(raw, at, scale);
        for (int i = 0; i < 32; i++) {
            raw[at + 2 + i] = (byte) awayFromZero(floats[from + i] * inverse);
        }
    }

    /// C's roundf.
    private static int awayFromZero(float value) {
        float size = Math.abs(value);
        float floor = (float) Math.floor(size);
        float rounded = floor + (float) Math.floor(2 * (size - floor));
        return (int) (value < 0 ? -rounded : rounded);
    }

    /// The value that is farthest from zero becomes −8.
    private static void q4of0(float[] floats, int from, byte[] raw, int at) {
        float farthest = floats[from];
        for (int i = 1; i < 32; i++) {
            farthest =
                    Math.abs(floats[from + i]) > Math.abs(farthest) ? floats[from + i] : farthest;
        }
        float scale = farthest / -8;
        float inverse = scale == 0 ? 0 : 1 / scale;
        half(raw, at, scale);
        for (int i = 0; i < 16; i++) {
            int low = four(floats[from + i], inverse);
            int high = four(floats[from + 16 + i], inverse);
            raw[at + 2 + i] = (byte) (low | high << 4);
        }
    }

    private static int four(float value, float inverse) {
        return Math.min(15, (int) (value * inverse + 8.5f));
    }

    private static void half(byte[] raw, int at, float value) {
        i16(raw, at, Float.floatToFloat16(value));
    }

    private static void i16(byte[] raw, int at, short value) {
        raw[at] = (byte) value;
        raw[at + 1] = (byte) (value >> 8);
    }

    private static void i32(byte[] raw, int at, int value) {
        i16(raw, at, (short) value);
        i16(raw, at + 2, (short) (value >> 16));
    }
}
