package dev.sartor.generate.sample;

/// exp of many numbers, and their sum, fast: short loops of products and sums alone, which the compiler turns into vector
/// instructions. Not thread-safe.
final class Exponentials {
    /// Exponents below −32 count as −32: 1.3e-14.
    static final float SPAN = 32;

    /// Small enough to stay in the processor's first cache.
    static final int BLOCK = 1024;

    private static final float MIDDLE = (float) Math.exp(-0.5);

    private final float[] exponents = new float[BLOCK];
    private final float[] powers = new float[BLOCK];

    /// exp((value − largest) × scale), with a relative error below 1e-5.
    void fill(float[] values, int from, int count, float largest, float scale, float[] into) {
        for (int at = 0; at < count; at += BLOCK) {
            int length = Math.min(BLOCK, count - at);
            exponents(values, from + at, length, largest, scale / SPAN, exponents);
            beginSeries(exponents, length, powers);
            endSeries(exponents, length, powers);
            raise(powers, length, into, at);
        }
    }

    /// A 32nd of each exponent, from −1 to 0, with −1/2 as the middle.
    private static void exponents(
            float[] values, int from, int count, float largest, float scale, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = Math.max(0.5f - (largest - values[from + i]) * scale, -0.5f);
        }
    }

    /// The Taylor series of exp around −1/2, to the seventh power: its last four terms, then its first.
    private static void beginSeries(float[] exponents, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            float x = exponents[i];
            into[i] = ((1f / 5040 * x + 1f / 720) * x + 1f / 120) * x + 1f / 24;
        }
    }

    private static void endSeries(float[] exponents, int count, float[] powers) {
        for (int i = 0; i < count; i++) {
            float x = exponents[i];
            powers[i] = ((((powers[i] * x + 1f / 6) * x + 0.5f) * x + 1) * x + 1) * MIDDLE;
        }
    }

    /// To the 32nd power.
    private static void raise(float[] powers, int count, float[] into, int at) {
        for (int i = 0; i < count; i++) {
            float power = powers[i];
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            into[at + i] = power * power;
        }
    }

    /// @param blocks gets the sum of each {@link #BLOCK} values
    double sum(float[] values, int count, double[] blocks) {
        double sum = 0;
        for (int block = 0; block * BLOCK < count; block++) {
            int at = block * BLOCK;
            blocks[block] = sum(values, at, Math.min(BLOCK, count - at));
            sum += blocks[block];
        }
        return sum;
    }

    private double sum(float[] values, int at, int count) {
        double sum = 0;
        if (count < BLOCK) {
            for (int i = at; i < at + count; i++) {
                sum += values[i];
            }
            return sum;
        }
        fold(values, at, BLOCK / 2, powers);
        for (int half = BLOCK / 4; half >= 16; half /= 2) {
            fold(powers, 0, half, powers);
        }
        for (int i = 0; i < 16; i++) {
            sum += powers[i];
        }
        return sum;
    }

    private static void fold(float[] values, int at, int half, float[] into) {
        for (int i = 0; i < half; i++) {
            into[i] = values[at + i] + values[at + half + i];
        }
    }
}
