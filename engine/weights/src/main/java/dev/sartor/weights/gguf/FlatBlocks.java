package dev.sartor.weights.gguf;

/// Plain values, and blocks of 32 with one scale.
final class FlatBlocks {
    private FlatBlocks() {}

    private static int u32(byte[] raw, int at) {
        return (raw[at] & 0xff)
                | (raw[at + 1] & 0xff) << 8
                | (raw[at + 2] & 0xff) << 16
                | (raw[at + 3] << 24);
    }

    static void f32(byte[] raw, int at, float[] floats, int to) {
        floats[to] = Float.intBitsToFloat(u32(raw, at));
    }

    static void f16(byte[] raw, int at, float[] floats, int to) {
        floats[to] = Dequantiser.half(raw, at);
    }

    static void bf16(byte[] raw, int at, float[] floats, int to) {
        floats[to] = Float.intBitsToFloat(((raw[at] & 0xff) | (raw[at + 1] << 8)) << 16);
    }

    static void q4of0(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        for (int i = 0; i < 16; i++) {
            floats[to + i] = ((raw[at + 2 + i] & 15) - 8) * scale;
        }
        for (int i = 0; i < 16; i++) {
            floats[to + 16 + i] = (((raw[at + 2 + i] >> 4) & 15) - 8) * scale;
        }
    }

    static void q4of1(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        float least = Dequantiser.half(raw, at + 2);
        for (int i = 0; i < 16; i++) {
            floats[to + i] = (raw[at + 4 + i] & 15) * scale + least;
        }
        for (int i = 0; i < 16; i++) {
            floats[to + 16 + i] = ((raw[at + 4 + i] >> 4) & 15) * scale + least;
        }
    }

    static void q5of0(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        int fifths = u32(raw, at + 2);
        for (int i = 0; i < 16; i++) {
            floats[to + i] = (((raw[at + 6 + i] & 15) | (((fifths >> i) & 1) << 4)) - 16) * scale;
            floats[to + 16 + i] =
                    ((((raw[at + 6 + i] >> 4) & 15) | (((fifths >> (i + 16)) & 1) << 4)) - 16)
                            * scale;
        }
    }

    static void q5of1(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        float least = Dequantiser.half(raw, at + 2);
        int fifths = u32(raw, at + 4);
        for (int i = 0; i < 16; i++) {
            floats[to + i] = ((raw[at + 8 + i] & 15) | (((fifths >> i) & 1) << 4)) * scale + least;
            floats[to + 16 + i] =
                    (((raw[at + 8 + i] >> 4) & 15) | (((fifths >> (i + 16)) & 1) << 4)) * scale
                            + least;
        }
    }

    static void q8of0(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        for (int i = 0; i < 32; i++) {
            floats[to + i] = raw[at + 2 + i] * scale;
        }
    }
}
