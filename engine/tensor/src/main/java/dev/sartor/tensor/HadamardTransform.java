package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The Walsh–Hadamard transform H of rows, in blocks of a power of two. It spreads the few large values of a row over its
/// block, so that rounding the row to 8 bits loses little (Ashkboos et al. 2024, QuaRot). H·H = block · identity, so
/// W·x = (W·H ÷ block)·(H·x).
public final class HadamardTransform {
    private static final int LARGEST = 512;
    private static final int LANES = RowKernels.SPECIES.length();
    private static final long VECTOR = 4L * LANES;

    /// Which of two partners is subtracted. As constants, so that they stay in registers.
    private static final FloatVector SIGN_1 = signs(1);

    private static final FloatVector SIGN_2 = signs(2);
    private static final FloatVector SIGN_4 = signs(4);
    private static final FloatVector SIGN_8 = signs(8);

    private final int block;

    private HadamardTransform(int block) {
        this.block = block;
    }

    private static FloatVector signs(int distance) {
        var sign = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            sign[lane] = (lane & distance) == 0 ? 1 : -1;
        }
        return FloatVector.fromArray(RowKernels.SPECIES, sign, 0);
    }

    /// For rows of that width; the identity where no block of at least four vectors divides it.
    public static HadamardTransform of(long width) {
        int block = (int) Math.min(LARGEST, Long.lowestOneBit(width));
        return new HadamardTransform(block < 4 * LANES ? 1 : block);
    }

    int block() {
        return block;
    }

    /// Transforms a row, unnormalised.
    ///
    /// @param from the row's address
    /// @param to where the result is written; may be `from`
    void transform(long from, long to, long width) {
        long bytes = 4L * block;
        for (long at = 0; at < 4 * width && block > 1; at += bytes) {
            inLanes(from + at, to + at, bytes);
            long distance = VECTOR;
            for (; 4 * distance <= bytes; distance *= 4) {
                acrossFour(to + at, bytes, distance);
            }
            if (distance < bytes) {
                acrossTwo(to + at, bytes, distance);
            }
        }
        if (block == 1 && from != to) {
            MemorySegment.copy(RowKernels.NATIVE, from, RowKernels.NATIVE, to, 4 * width);
        }
    }

    /// The steps whose partners stand in the same vector.
    private static void inLanes(long from, long to, long bytes) {
        for (long at = 0; at < bytes; at += VECTOR) {
            RowKernels.store(inLanes(RowKernels.load(from + at)), to + at);
        }
    }

    private static FloatVector inLanes(FloatVector vector) {
        var x = vector;
        x = x.lanewise(VectorOperators.FMA, SIGN_1, x.rearrange(RowKernels.PARTNER_1));
        x = x.lanewise(VectorOperators.FMA, SIGN_2, x.rearrange(RowKernels.PARTNER_2));
        if (LANES > 4) {
            x = x.lanewise(VectorOperators.FMA, SIGN_4, x.rearrange(RowKernels.PARTNER_4));
        }
        if (LANES > 8) {
            x = x.lanewise(VectorOperators.FMA, SIGN_8, x.rearrange(RowKernels.PARTNER_8));
        }
        return x;
    }

    /// Two steps at once.
    private static void acrossFour(long start, long bytes, long distance) {
        for (long group = start; group < start + bytes; group += 4 * distance) {
            for (long at = group; at < group + distance; at += VECTOR) {
                var a = RowKernels.load(at);
                var b = RowKernels.load(at + distance);
                var c = RowKernels.load(at + 2 * distance);
                var e = RowKernels.load(at + 3 * distance);
                var ab = a.add(b);
                var ce = c.add(e);
                var a2 = a.sub(b);
                var c2 = c.sub(e);
                RowKernels.store(ab.add(ce), at);
                RowKernels.store(a2.add(c2), at + distance);
                RowKernels.store(ab.sub(ce), at + 2 * distance);
                RowKernels.store(a2.sub(c2), at + 3 * distance);
            }
        }
    }

    private static void acrossTwo(long start, long bytes, long distance) {
        for (long group = start; group < start + bytes; group += 2 * distance) {
            for (long at = group; at < group + distance; at += VECTOR) {
                var low = RowKernels.load(at);
                var high = RowKernels.load(at + distance);
                RowKernels.store(low.add(high), at);
                RowKernels.store(low.sub(high), at + distance);
            }
        }
    }
}
