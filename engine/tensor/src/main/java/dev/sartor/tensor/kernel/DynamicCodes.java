package dev.sartor.tensor.kernel;

import java.util.Arrays;

/// The 256 numbers of dynamic 8-bit quantisation (Dettmers et al. 2022, appendix A; `create_dynamic_map` of bitsandbytes):
/// seven decades below 1, the higher the finer, and 0 and 1. A byte is a number's place in their order.
final class DynamicCodes {
    private static final int CODES = 256;
    private static final int DECADES = 7;

    /// Bits of a float's fraction that tell cells apart; no cell is wider than the gap between two codes.
    private static final int FRACTION = 7;

    private static final int SHIFT = 23 - FRACTION;

    /// Of a running mean, which may be negative.
    static final DynamicCodes SIGNED = new DynamicCodes(true);

    /// Of a running mean of squares, with twice as many codes in each decade.
    static final DynamicCodes UNSIGNED = new DynamicCodes(false);

    private final float[] values;

    /// Between a code's value and the next one's.
    private final float[] borders;

    /// The code of the least number of each cell, a cell being all numbers of one exponent and of equal first bits of the
    /// fraction, from the least border on.
    private final short[] firsts;

    private final int lowest;
    private final int zero;
    private final boolean signed;

    private DynamicCodes(boolean signed) {
        this.signed = signed;
        this.values = values(signed);
        this.borders = new float[CODES];
        for (int i = 0; i < CODES - 1; i++) {
            borders[i] = (values[i] + values[i + 1]) / 2;
        }
        borders[CODES - 1] = Float.POSITIVE_INFINITY;
        this.zero = Arrays.binarySearch(values, 0);
        this.lowest = Float.floatToRawIntBits(borders[zero]) >> SHIFT;
        this.firsts = new short[(Float.floatToRawIntBits(1) >> SHIFT) - lowest + 1];
        for (int cell = 0; cell < firsts.length; cell++) {
            firsts[cell] = (short) searched(Float.intBitsToFloat((lowest + cell) << SHIFT));
        }
    }

    private static float[] values(boolean signed) {
        var all = new float[CODES];
        int count = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            int cells = 1 << (signed ? decade : decade + 1);
            double unit = Math.pow(10, decade - (DECADES - 1));
            for (int i = 0; i < cells; i++) {
                double middle = 0.1 + 0.9 * (i + 0.5) / cells;
                all[count++] = (float) (unit * middle);
                if (signed) {
                    all[count++] = (float) (-unit * middle);
                }
            }
        }
        all[count++] = 0;
        all[count++] = 1;
        if (count != CODES) {
            throw new AssertionError(count);
        }
        Arrays.sort(all);
        return all;
    }

    private int searched(float value) {
        int code = zero;
        while (value > borders[code]) {
            code++;
        }
        return code;
    }

    /// @param code 0 to 255
    float value(int code) {
        return values[code];
    }

    /// The code whose value is nearest.
    ///
    /// @param value −1 to 1; 0 to 1 where codes have no sign
    int nearest(float value) {
        return signed && value < 0 ? below(-value) : above(value);
    }

    private int above(float value) {
        int cell = (Float.floatToRawIntBits(value) >> SHIFT) - lowest;
        int code = cell < 0 ? zero : firsts[Math.min(cell, firsts.length - 1)];
        return value > borders[code] ? code + 1 : code;
    }

    /// Codes lie evenly about zero but for 1, which has no counterpart.
    private int below(float size) {
        return Math.max(0, 2 * zero - above(size));
    }
}
