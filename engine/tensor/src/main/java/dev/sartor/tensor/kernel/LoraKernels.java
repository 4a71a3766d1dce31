package dev.sartor.tensor.kernel;

import static dev.sartor.tensor.RowKernels.SPECIES;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.RowKernels;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/// Products of one row with a few rows of matrices in native memory, of one type. What is written is float32; so are the
/// single rows that are read.
final class LoraKernels {
    private static final int LANES = SPECIES.length();

    /// Rows of a matrix that are multiplied together.
    private static final int SUMS = 4;

    private final int bytes;

    /// Rows that follow each other, by the address of the first.
    record Rows(long address, int count, int width) {}

    /// A thread's memory between the kernels' steps.
    ///
    /// @param lanes sums by lane. They are added up by a method of their own, over an array: where one method holds too many
    ///     vector operations, the compiler leaves some of them out and each vector goes through the heap
    record Scratch(float[] inner, float[] inner2, float[] lanes) {
        static Scratch of(int rank) {
            return new Scratch(new float[rank], new float[rank], new float[2 * SUMS * LANES]);
        }
    }

    /// @param type of the matrices: F32, BF16 or I8
    LoraKernels(DType type) {
        this.bytes = type.bytes();
    }

    private FloatVector load(long at) {
        return switch (bytes) {
            case Float.BYTES -> RowKernels.load(at);
            case Short.BYTES -> RowKernels.loadHalves(at);
            default -> RowKernels.loadBytes(at, LANES);
        };
    }

    private float value(long at) {
        return switch (bytes) {
            case Float.BYTES -> RowKernels.value(at);
            case Short.BYTES -> RowKernels.half(at);
            default -> RowKernels.NATIVE.get(ValueLayout.JAVA_BYTE, at);
        };
    }

    /// Writes the dot products of the row at `x` with the rows of `a` to the inner values.
    void dots(Rows a, long x, Scratch scratch) {
        float[] inner = scratch.inner();
        int row = 0;
        for (; row <= a.count() - SUMS; row += SUMS) {
            fourDots(a, row, x, scratch.lanes());
            addUp(scratch.lanes(), 0, inner, row);
            addRests(a, row, x, inner);
        }
        for (; row < a.count(); row++) {
            inner[row] = dot(a.address() + (long) row * a.width() * bytes, a.width(), x);
        }
    }

    /// The same of two rows, for which the matrix is read once.
    void dots(Rows a, long x, long x2, Scratch scratch) {
        float[] inner = scratch.inner();
        float[] inner2 = scratch.inner2();
        int row = 0;
        for (; row <= a.count() - SUMS; row += SUMS) {
            fourDots(a, row, x, x2, scratch.lanes());
            addUp(scratch.lanes(), 0, inner, row);
            addUp(scratch.lanes(), SUMS * LANES, inner2, row);
            addRests(a, row, x, inner);
            addRests(a, row, x2, inner2);
        }
        for (; row < a.count(); row++) {
            long at = a.address() + (long) row * a.width() * bytes;
            inner[row] = dot(at, a.width(), x);
            inner2[row] = dot(at, a.width(), x2);
        }
    }

    private static void addUp(float[] lanes, int from, float[] inner, int row) {
        for (int i = 0; i < SUMS; i++) {
            inner[row + i] =
                    RowKernels.sum(FloatVector.fromArray(SPECIES, lanes, from + i * LANES));
        }
    }

    /// What is behind the last whole vector.
    private void addRests(Rows a, int row, long x, float[] inner) {
        int from = a.width() - a.width() % LANES;
        for (int i = row; i < row + SUMS && from < a.width(); i++) {
            inner[i] += rest(a.address() + (long) i * a.width() * bytes, from, a.width(), x);
        }
    }

    /// Sums are added in the order in which {@link #fourDots(Rows, int, long, float[])} adds them.
    private void fourDots(Rows a, int row, long x, long x2, float[] lanes) {
        int width = a.width();
        long stride = (long) width * bytes;
        long first = a.address() + row * stride;
        var sum0 = FloatVector.zero(SPECIES);
        var sum1 = FloatVector.zero(SPECIES);
        var sum2 = FloatVector.zero(SPECIES);
        var sum3 = FloatVector.zero(SPECIES);
        var other0 = FloatVector.zero(SPECIES);
        var other1 = FloatVector.zero(SPECIES);
        var other2 = FloatVector.zero(SPECIES);
        var other3 = FloatVector.zero(SPECIES);
        for (int i = 0; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            var input2 = RowKernels.load(x2 + (long) i * Float.BYTES);
            long at = first + (long) i * bytes;
            var row0 = load(at);
            sum0 = row0.fma(input, sum0);
            other0 = row0.fma(input2, other0);
            var row1 = load(at + stride);
            sum1 = row1.fma(input, sum1);
            other1 = row1.fma(input2, other1);
            var row2 = load(at + 2 * stride);
            sum2 = row2.fma(input, sum2);
            other2 = row2.fma(input2, other2);
            var row3 = load(at + 3 * stride);
            sum3 = row3.fma(input, sum3);
            other3 = row3.fma(input2, other3);
        }
        sum0.intoArray(lanes, 0);
        sum1.intoArray(lanes, LANES);
        sum2.intoArray(lanes, 2 * LANES);
        sum3.intoArray(lanes, 3 * LANES);
        other0.intoArray(lanes, 4 * LANES);
        other1.intoArray(lanes, 5 * LANES);
        other2.intoArray(lanes, 6 * LANES);
        other3.intoArray(lanes, 7 * LANES);
    }

    /// Four at a time: the input is read once for them, and no sum waits for another.
    private void fourDots(Rows a, int row, long x, float[] lanes) {
        int width = a.width();
        long stride = (long) width * bytes;
        long first = a.address() + row * stride;
        var sum0 = FloatVector.zero(SPECIES);
        var sum1 = FloatVector.zero(SPECIES);
        var sum2 = FloatVector.zero(SPECIES);
        var sum3 = FloatVector.zero(SPECIES);
        for (int i = 0; i <= width - LANES; i += LANES) {
            var input = RowKernels.load(x + (long) i * Float.BYTES);
            long at = first + (long) i * bytes;
            sum0 = load(at).fma(input, sum0);
            sum1 = load(at + stride).fma(input, sum1);
            sum2 = load(at + 2 * stride).fma(input, sum2);
            sum3 = load(at + 3 * stride).fma(input, sum3);
        }
        sum0.intoArray(lanes, 0);
        sum1.intoArray(lanes, LANES);
        sum2.intoArray(lanes, 2 * LANES);
        sum3.intoArray(lanes, 3 * LANES);
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
        addRest(b, i, y, inner);
    }

    /// The same to two rows, for which the matrix is read once.
    void addSum(Rows b, long y, long y2, float[] inner, float[] inner2) {
        int width = b.width();
        int i = 0;
        for (; i <= width - 4 * LANES; i += 4 * LANES) {
            long way = (long) i * Float.BYTES;
            addFour(b, i, y + way, y2 + way, inner, inner2);
        }
        addRest(b, i, y, inner);
        addRest(b, i, y2, inner2);
    }

    private void addRest(Rows b, int from, long y, float[] inner) {
        int width = b.width();
        for (int i = from; i < width; i++) {
            long at = y + (long) i * Float.BYTES;
            float sum = RowKernels.value(at);
            for (int row = 0; row < b.count(); row++) {
                sum += inner[row] * value(b.address() + ((long) row * width + i) * bytes);
            }
            RowKernels.put(at, sum);
        }
    }

    private void addFour(Rows b, int column, long y, long y2, float[] inner, float[] inner2) {
        long step = (long) LANES * Float.BYTES;
        long own = (long) LANES * bytes;
        long stride = (long) b.width() * bytes;
        long at = b.address() + (long) column * bytes;
        var sum0 = RowKernels.load(y);
        var sum1 = RowKernels.load(y + step);
        var sum2 = RowKernels.load(y + 2 * step);
        var sum3 = RowKernels.load(y + 3 * step);
        var other0 = RowKernels.load(y2);
        var other1 = RowKernels.load(y2 + step);
        var other2 = RowKernels.load(y2 + 2 * step);
        var other3 = RowKernels.load(y2 + 3 * step);
        for (int row = 0; row < b.count(); row++, at += stride) {
            var factor = FloatVector.broadcast(SPECIES, inner[row]);
            var factor2 = FloatVector.broadcast(SPECIES, inner2[row]);
            var column0 = load(at);
            sum0 = column0.fma(factor, sum0);
            other0 = column0.fma(factor2, other0);
            var column1 = load(at + own);
            sum1 = column1.fma(factor, sum1);
            other1 = column1.fma(factor2, other1);
            var column2 = load(at + 2 * own);
            sum2 = column2.fma(factor, sum2);
            other2 = column2.fma(factor2, other2);
            var column3 = load(at + 3 * own);
            sum3 = column3.fma(factor, sum3);
            other3 = column3.fma(factor2, other3);
        }
        RowKernels.store(sum0, y);
        RowKernels.store(sum1, y + step);
        RowKernels.store(sum2, y + 2 * step);
        RowKernels.store(sum3, y + 3 * step);
        RowKernels.store(other0, y2);
        RowKernels.store(other1, y2 + step);
        RowKernels.store(other2, y2 + 2 * step);
        RowKernels.store(other3, y2 + 3 * step);
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
