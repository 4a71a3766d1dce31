package dev.sartor.tensor;

import static dev.sartor.tensor.RowKernels.SPECIES;
import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Over matrices in BF16, whose bits are the upper half of an F32.
final class HalfKernels implements LowRankKernels {
    private static final int LANES = SPECIES.length();
    private static final int BYTES = Short.BYTES;
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(16 * LANES));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, SPECIES.vectorShape());

    private static FloatVector load(long at) {
        var halves = ShortVector.fromMemorySegment(HALVES, RowKernels.NATIVE, at, RowKernels.ORDER);
        var ints = (IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        return ints.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static float value(long at) {
        int half = RowKernels.NATIVE.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
        return Float.intBitsToFloat(half << 16);
    }

    @Override
    public void dots(Rows a, long x, float[] inner) {
        int row = 0;
        for (; row <= a.count() - 4; row += 4) {
            fourDots(a, row, x, inner);
        }
        for (; row < a.count(); row++) {
            inner[row] = dot(a.address() + (long) row * a.width() * BYTES, a.width(), x);
        }
    }

    /// Four at a time: the input is read once for them, and no sum waits for another.
    private static void fourDots(Rows a, int row, long x, float[] inner) {
        int width = a.width();
        long stride = (long) width * BYTES;
        long first = a.address() + row * stride;
        var sum0 = FloatVector.zero(SPECIES);
        var sum1 = FloatVector.zero(SPECIES);
        var sum2 = FloatVector.zero(SPECIES);
        var sum3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            long at = first + (long) i * BYTES;
            sum0 = load(at).fma(input, sum0);
            sum1 = load(at + stride).fma(input, sum1);
            sum2 = load(at + 2 * stride).fma(input, sum2);
            sum3 = load(at + 3 * stride).fma(input, sum3);
        }
        inner[row] = sum0.reduceLanes(ADD) + rest(first, i, width, x);
        inner[row + 1] = sum1.reduceLanes(ADD) + rest(first + stride, i, width, x);
        inner[row + 2] = sum2.reduceLanes(ADD) + rest(first + 2 * stride, i, width, x);
        inner[row + 3] = sum3.reduceLanes(ADD) + rest(first + 3 * stride, i, width, x);
    }

    private static float dot(long row, int width, long x) {
        var sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            sum = load(row + (long) i * BYTES).fma(input, sum);
        }
        return sum.reduceLanes(ADD) + rest(row, i, width, x);
    }

    private static float rest(long row, int from, int width, long x) {
        float sum = 0;
        for (int i = from; i < width; i++) {
            sum += value(row + (long) i * BYTES) * RowKernels.value(x + (long) i * Float.BYTES);
        }
        return sum;
    }

    @Override
    public void addSum(Rows b, long y, float[] inner) {
        int width = b.width();
        int i = 0;
        for (; i <= width - 4 * LANES; i += 4 * LANES) {
            addFour(b, i, y + (long) i * Float.BYTES, inner);
        }
        for (; i < width; i++) {
            long at = y + (long) i * Float.BYTES;
            float sum = RowKernels.value(at);
            for (int row = 0; row < b.count(); row++) {
                sum += inner[row] * value(b.address() + ((long) row * width + i) * BYTES);
            }
            RowKernels.put(at, sum);
        }
    }

    /// Four vectors of columns at a time: what is read of each row is worth the way there.
    private static void addFour(Rows b, int column, long y, float[] inner) {
        long step = (long) LANES * Float.BYTES;
        long own = (long) LANES * BYTES;
        long stride = (long) b.width() * BYTES;
        long at = b.address() + (long) column * BYTES;
        var sum0 = RowKernels.load(y);
        var sum1 = RowKernels.load(y + step);
        var sum2 = RowKernels.load(y + 2 * step);
        var sum3 = RowKernels.load(y + 3 * step);
        for (int row = 0; row < b.count(); row++, at += stride) {
            var factor = FloatVector.broadcast(SPECIES, inner[row]);
            sum0 = load(at).fma(factor, sum0);
            sum1 = load(at + own).fma(factor, sum1);
            sum2 = load(at + 2 * own).fma(factor, sum2);
            sum3 = load(at + 3 * own).fma(factor, sum3);
        }
        RowKernels.store(sum0, y);
        RowKernels.store(sum1, y + step);
        RowKernels.store(sum2, y + 2 * step);
        RowKernels.store(sum3, y + 3 * step);
    }
}
