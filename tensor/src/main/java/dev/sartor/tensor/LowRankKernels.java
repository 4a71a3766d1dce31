package dev.sartor.tensor;

import static dev.sartor.tensor.RowKernels.SPECIES;

import jdk.incubator.vector.FloatVector;

/// Products of one row with a few rows of matrices in native memory, of one type. What is written is float32; so are the
/// single rows that are read.
final class LowRankKernels {
    private static final int LANES = SPECIES.length();

    private final boolean wide;
    private final int bytes;

    /// Rows that follow each other, by the address of the first.
    record Rows(long address, int count, int width) {}

    /// @param type of the matrices, F32 or BF16
    LowRankKernels(DType type) {
        this.wide = type == DType.F32;
        this.bytes = type.bytes();
    }

    private FloatVector load(long at) {
        return wide ? RowKernels.load(at) : RowKernels.loadHalves(at);
    }

    private float value(long at) {
        return wide ? RowKernels.value(at) : RowKernels.half(at);
    }

    /// Writes the dot products of the row at `x` with the rows of `a` to `inner`.
    void dots(Rows a, long x, float[] inner) {
        int row = 0;
        for (; row <= a.count() - 4; row += 4) {
            fourDots(a, row, x, inner);
        }
        for (; row < a.count(); row++) {
            inner[row] = dot(a.address() + (long) row * a.width() * bytes, a.width(), x);
        }
    }

    /// Four at a time: the input is read once for them, and no sum waits for another.
    private void fourDots(Rows a, int row, long x, float[] inner) {
        int width = a.width();
        long stride = (long) width * bytes;
        long first = a.address() + row * stride;
        var sum0 = FloatVector.zero(SPECIES);
        var sum1 = FloatVector.zero(SPECIES);
        var sum2 = FloatVector.zero(SPECIES);
        var sum3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            long at = first + (long) i * bytes;
            sum0 = load(at).fma(input, sum0);
            sum1 = load(at + stride).fma(input, sum1);
            sum2 = load(at + 2 * stride).fma(input, sum2);
            sum3 = load(at + 3 * stride).fma(input, sum3);
        }
        inner[row] = RowKernels.sum(sum0) + rest(first, i, width, x);
        inner[row + 1] = RowKernels.sum(sum1) + rest(first + stride, i, width, x);
        inner[row + 2] = RowKernels.sum(sum2) + rest(first + 2 * stride, i, width, x);
        inner[row + 3] = RowKernels.sum(sum3) + rest(first + 3 * stride, i, width, x);
    }

    private float dot(long row, int width, long x) {
        var sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            sum = load(row + (long) i * bytes).fma(input, sum);
        }
        return RowKernels.sum(sum) + rest(row, i, width, x);
    }

    private float rest(long row, int from, int width, long x) {
        float sum = 0;
        for (int i = from; i < width; i++) {
            sum += value(row + (long) i * bytes) * RowKernels.value(x + (long) i * Float.BYTES);
        }
        return sum;
    }

    /// Adds to the row at `y` the rows of `b`, each multiplied by its value of `inner`.
    void addSum(Rows b, long y, float[] inner) {
        int width = b.width();
        int i = 0;
        for (; i <= width - 4 * LANES; i += 4 * LANES) {
            addFour(b, i, y + (long) i * Float.BYTES, inner);
        }
        for (; i < width; i++) {
            long at = y + (long) i * Float.BYTES;
            float sum = RowKernels.value(at);
            for (int row = 0; row < b.count(); row++) {
                sum += inner[row] * value(b.address() + ((long) row * width + i) * bytes);
            }
            RowKernels.put(at, sum);
        }
    }

    /// Four vectors of columns at a time: what is read of each row is worth the way there.
    private void addFour(Rows b, int column, long y, float[] inner) {
        long step = (long) LANES * Float.BYTES;
        long own = (long) LANES * bytes;
        long stride = (long) b.width() * bytes;
        long at = b.address() + (long) column * bytes;
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
