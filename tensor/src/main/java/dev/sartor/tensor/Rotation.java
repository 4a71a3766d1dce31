package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// The Walsh–Hadamard transform H of rows, in blocks of a power of two. It spreads the few large values of a row over its
/// block, so that rounding the row to 8 bits loses little (Ashkboos et al. 2024, QuaRot). H·H = block · identity, so
/// W·x = (W·H ÷ block)·(H·x).
final class Rotation {
    private static final int LARGEST = 512;
    private static final int LANES = RowKernels.SPECIES.length();

    private final int block;
    private final VectorShuffle<Float>[] partners;
    private final FloatVector[] signs;

    private Rotation(int block) {
        this.block = block;
        int steps = block == 1 ? 0 : Integer.numberOfTrailingZeros(LANES);
        partners = shuffles(steps);
        signs = new FloatVector[steps];
        for (int step = 0; step < steps; step++) {
            int distance = 1 << step;
            partners[step] = VectorShuffle.fromOp(RowKernels.SPECIES, lane -> lane ^ distance);
            var sign = new float[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                sign[lane] = (lane & distance) == 0 ? 1 : -1;
            }
            signs[step] = FloatVector.fromArray(RowKernels.SPECIES, sign, 0);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static VectorShuffle<Float>[] shuffles(int count) {
        return new VectorShuffle[count];
    }

    /// For rows of that width; the identity where no block of at least a vector's length divides it.
    static Rotation of(long width) {
        int block = (int) Math.min(LARGEST, Long.lowestOneBit(width));
        return new Rotation(block < LANES ? 1 : block);
    }

    int block() {
        return block;
    }

    /// Transforms a row in place, unnormalised.
    ///
    /// @param start the row's address
    void turn(long start, long width) {
        if (block == 1) {
            return;
        }
        long bytes = 4L * block;
        for (long at = start; at < start + 4 * width; at += bytes) {
            within(at, bytes);
            for (long distance = 4L * LANES; distance < bytes; distance *= 2) {
                across(at, bytes, distance);
            }
        }
    }

    /// The steps whose partners stand in the same vector.
    private void within(long start, long bytes) {
        for (long at = start; at < start + bytes; at += 4L * LANES) {
            var x = RowKernels.load(at);
            for (int step = 0; step < signs.length; step++) {
                x = x.lanewise(VectorOperators.FMA, signs[step], x.rearrange(partners[step]));
            }
            RowKernels.store(x, at);
        }
    }

    private static void across(long start, long bytes, long distance) {
        for (long group = start; group < start + bytes; group += 2 * distance) {
            for (long at = group; at < group + distance; at += 4L * LANES) {
                var low = RowKernels.load(at);
                var high = RowKernels.load(at + distance);
                RowKernels.store(low.add(high), at);
                RowKernels.store(low.sub(high), at + distance);
            }
        }
    }
}
