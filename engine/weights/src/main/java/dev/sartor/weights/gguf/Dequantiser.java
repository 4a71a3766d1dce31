package dev.sartor.weights.gguf;

/// Turns one block of a quantised type into floats, with the arithmetic of ggml's reference (ggml-quants.c), so that
/// the floats are the same bit for bit.
@FunctionalInterface
interface Dequantiser {
    /// @param raw holds the block from `at` on
    /// @param floats receives the block's values from `to` on
    void decode(byte[] raw, int at, float[] floats, int to);

    /// A little-endian half.
    static float half(byte[] raw, int at) {
        return Float.float16ToFloat((short) ((raw[at] & 0xff) | (raw[at + 1] << 8)));
    }

    /// @throws dev.sartor.core.SartorException a user's error for a type that is not supported
    static Dequantiser of(GgmlType type) {
        return switch (type) {
            case F32 -> FlatBlocks::f32;
            case F16 -> FlatBlocks::f16;
            case BF16 -> FlatBlocks::bf16;
            case Q4_0 -> FlatBlocks::q4of0;
            case Q4_1 -> FlatBlocks::q4of1;
            case Q5_0 -> FlatBlocks::q5of0;
            case Q5_1 -> FlatBlocks::q5of1;
            case Q8_0 -> FlatBlocks::q8of0;
            case IQ4_NL -> TableBlocks::iq4nl;
            case IQ4_XS -> TableBlocks::iq4xs;
            case MXFP4 -> TableBlocks::mxfp4;
            case Q2_K -> SuperBlocks::q2;
            case Q3_K -> SuperBlocks::q3;
            case Q4_K -> SuperBlocks::q4;
            case Q5_K -> SuperBlocks::q5;
            case Q6_K -> SuperBlocks::q6;
            case Q8_1,
                    Q8_K,
                    IQ2_XXS,
                    IQ2_XS,
                    IQ3_XXS,
                    IQ1_S,
                    IQ3_S,
                    IQ2_S,
                    IQ1_M,
                    TQ1_0,
                    TQ2_0,
                    I8,
                    I16,
                    I32,
                    I64,
                    F64 ->
                    throw GgmlBlocks.unsupported(type);
        };
    }
}
