package dev.sartor.weights.gguf;

/// The K types: super-blocks of 256 values, in which small blocks have scales of their own.
final class SuperBlocks {
    private SuperBlocks() {}

    static void q2(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at + 80);
        float least = Dequantiser.half(raw, at + 82);
        int y = to;
        for (int block = 0; block < 16; block++) {
            int quants = at + 16 + block / 8 * 32 + block % 2 * 16;
            int shift = block % 8 / 2 * 2;
            float d = scale * (raw[at + block] & 15);
            float m = least * ((raw[at + block] >> 4) & 15);
            for (int i = 0; i < 16; i++) {
                floats[y++] = d * ((raw[quants + i] >> shift) & 3) - m;
            }
        }
    }

    static void q3(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at + 108);
        int y = to;
        for (int block = 0; block < 16; block++) {
            int quants = at + 32 + block / 8 * 32 + block % 2 * 16;
            int shift = block % 8 / 2 * 2;
            int mask = at + block % 2 * 16;
            float d = scale * (q3scale(raw, at + 96, block) - 32);
            for (int i = 0; i < 16; i++) {
                int high = (raw[mask + i] >> (block / 2)) & 1;
                floats[y++] = d * (((raw[quants + i] >> shift) & 3) - 4 * (1 - high));
            }
        }
    }

    /// Four low bits in the first eight bytes, two high ones in the last four.
    private static int q3scale(byte[] raw, int at, int block) {
        int low = (raw[at + block % 8] >> (block / 8 * 4)) & 15;
        int high = (raw[at + 8 + block % 4] >> (block / 4 * 2)) & 3;
        return low | high << 4;
    }

    static void q4(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        float least = Dequantiser.half(raw, at + 2);
        for (int block = 0; block < 8; block++) {
            float d = scale * scaleOf(raw, at + 4, block);
            float m = least * leastOf(raw, at + 4, block);
            int quants = at + 16 + block / 2 * 32;
            int shift = block % 2 * 4;
            int y = to + block * 32;
            for (int i = 0; i < 32; i++) {
                floats[y + i] = d * ((raw[quants + i] >> shift) & 15) - m;
            }
        }
    }

    static void q5(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at);
        float least = Dequantiser.half(raw, at + 2);
        for (int block = 0; block < 8; block++) {
            float d = scale * scaleOf(raw, at + 4, block);
            float m = least * leastOf(raw, at + 4, block);
            int quants = at + 48 + block / 2 * 32;
            int shift = block % 2 * 4;
            int y = to + block * 32;
            for (int i = 0; i < 32; i++) {
                int fifth = ((raw[at + 16 + i] >> block) & 1) << 4;
                floats[y + i] = d * (((raw[quants + i] >> shift) & 15) + fifth) - m;
            }
        }
    }

    private static int scaleOf(byte[] raw, int at, int block) {
        return block < 4
                ? raw[at + block] & 63
                : (raw[at + block + 4] & 15) | ((raw[at + block - 4] >> 6) & 3) << 4;
    }

    private static int leastOf(byte[] raw, int at, int block) {
        return block < 4
                ? raw[at + block + 4] & 63
                : ((raw[at + block + 4] >> 4) & 15) | ((raw[at + block] >> 6) & 3) << 4;
    }

    static void q6(byte[] raw, int at, float[] floats, int to) {
        float scale = Dequantiser.half(raw, at + 208);
        for (int half = 0; half < 2; half++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                int low = at + half * 64 + quarter % 2 * 32;
                int lowShift = quarter / 2 * 4;
                int high = at + 128 + half * 32;
                int highShift = quarter * 2;
                int scales = at + 192 + half * 8 + quarter * 2;
                int y = to + half * 128 + quarter * 32;
                for (int part = 0; part < 2; part++) {
                    float d = scale * raw[scales + part];
                    int o = part * 16;
                    for (int i = o; i < o + 16; i++) {
                        int q =
                                ((raw[low + i] >> lowShift) & 15)
                                        | ((raw[high + i] >> highShift) & 3) << 4;
                        floats[y + i] = d * (q - 32);
                    }
                }
            }
        }
    }
}
