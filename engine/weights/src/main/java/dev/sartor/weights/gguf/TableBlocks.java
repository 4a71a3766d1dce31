package dev.sartor.weights.gguf;

/// Blocks whose four bits index a table of values.
final class TableBlocks {
    private static final float[] NON_LINEAR = {
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
    };

    /// The values of e2m1, doubled; the scale is halved for it.
    private static final float[] E2M1 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    private TableBlocks() {}

    static void iq4nl(byte[] raw, int at, float[] floats, int to) {
        look(NON_LINEAR, Dequantiser.half(raw, at), raw, at + 2, floats, to);
    }

    static void iq4xs(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        int high = (raw[at + 2] & 0xff) | (raw[at + 3] & 0xff) << 8;
        for (int i = 0; i < 8; i++) {
            int low = (raw[at + 4 + i / 2] >> (4 * (i % 2))) & 15;
            int six = low | ((high >> (2 * i)) & 3) << 4;
            look(NON_LINEAR, scale * (six - 32), raw, at + 8 + 16 * i, floats, to + 32 * i);
        }
    }

    static void mxfp4(byte[] raw, int at, float[] floats, int to) {
        int exponent = raw[at] & 0xff;
        int bits = exponent < 2 ? 0x00200000 << exponent : (exponent - 1) << 23;
        look(E2M1, Float.intBitsToFloat(bits), raw, at + 1, floats, to);
    }

    private static void look(
            float[] table, float scale, byte[] raw, int at, float[] floats, int to) {
        for (int i = 0; i < 16; i++) {
            floats[to + i] = scale * table[raw[at + i] & 15];
            floats[to + 16 + i] = scale * table[(raw[at + i] >> 4) & 15];
        }
    }
}
