package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.pytorch.GradMode;

/// Arithmetic over rows of float32 in native memory, for the small steps between products: one pass over the memory, no
/// allocation, where libtorch would take several operators of microseconds each. A row never depends on another.
final class RowKernels {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();

    /// Bytes below which waking another thread does not pay.
    private static final long WORTH_SHARING = 1 << 18;

    private static final int ROWS_OF_A_PIECE = 16;

    private RowKernels() {}

    static FloatVector load(MemorySegment from, long at) {
        return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
    }

    /// The first `count` lanes, zeros behind them.
    static FloatVector load(MemorySegment from, long at, long count) {
        return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER, first(count));
    }

    static VectorMask<Float> first(long count) {
        return SPECIES.indexInRange(0, count);
    }

    /// Whether float32 kernels may compute with it: no gradient is recorded.
    static boolean suit(Tensor x) {
        return x.type() == DType.F32 && !GradMode.is_enabled() && x.raw().is_contiguous();
    }

    /// @param bytes of a row, which says whether sharing the rows among threads pays
    static void eachRow(int rows, long bytes, IntConsumer work) {
        if (rows * bytes < WORTH_SHARING) {
            for (int row = 0; row < rows; row++) {
                work.accept(row);
            }
            return;
        }
        int pieces = (rows + ROWS_OF_A_PIECE - 1) / ROWS_OF_A_PIECE;
        Workers.each(
                pieces,
                true,
                (piece, _) -> {
                    int end = Math.min(rows, (piece + 1) * ROWS_OF_A_PIECE);
                    for (int row = piece * ROWS_OF_A_PIECE; row < end; row++) {
                        work.accept(row);
                    }
                });
    }

    /// Writes each row turned and divided by its then largest absolute value; returns those values.
    static float[] turnedToOne(MemorySegment from, MemorySegment to, Rotation turn, long width) {
        long stride = width * Float.BYTES;
        var largest = new float[Math.toIntExact(from.byteSize() / stride)];
        to.copyFrom(from);
        eachRow(
                largest.length,
                stride,
                row -> {
                    turn.turn(to, row * stride, width);
                    float most = largest(to, row * stride, width);
                    multiply(to, to, row * stride, width, most == 0 ? 0 : 1 / most);
                    largest[row] = most;
                });
        return largest;
    }

    /// Turns each row and multiplies it, in place.
    static void turn(MemorySegment rows, Rotation turn, long width, float factor) {
        long stride = width * Float.BYTES;
        eachRow(
                Math.toIntExact(rows.byteSize() / stride),
                stride,
                row -> {
                    turn.turn(rows, row * stride, width);
                    multiply(rows, rows, row * stride, width, factor);
                });
    }

    private static float largest(MemorySegment from, long start, long width) {
        var most = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            most = most.max(load(from, start + 4L * i).abs());
        }
        if (i < width) {
            var mask = SPECIES.indexInRange(i, width);
            most =
                    most.max(
                            FloatVector.fromMemorySegment(
                                            SPECIES, from, start + 4L * i, ORDER, mask)
                                    .abs());
        }
        return most.reduceLanes(VectorOperators.MAX);
    }

    private static void multiply(
            MemorySegment from, MemorySegment to, long start, long width, float factor) {
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            load(from, start + 4L * i).mul(factor).intoMemorySegment(to, start + 4L * i, ORDER);
        }
        if (i < width) {
            var mask = SPECIES.indexInRange(i, width);
            FloatVector.fromMemorySegment(SPECIES, from, start + 4L * i, ORDER, mask)
                    .mul(factor)
                    .intoMemorySegment(to, start + 4L * i, ORDER, mask);
        }
    }

    /// Multiplies each row by its value and adds the bias, in place.
    static void scaleBack(MemorySegment rows, float[] factors, Optional<MemorySegment> bias) {
        long stride = rows.byteSize() / factors.length;
        eachRow(
                factors.length,
                stride,
                row -> {
                    multiply(rows, rows, row * stride, stride / Float.BYTES, factors[row]);
                    bias.ifPresent(b -> add(rows, row * stride, b));
                });
    }

    private static void add(MemorySegment rows, long start, MemorySegment summand) {
        long width = summand.byteSize() / Float.BYTES;
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            load(rows, start + 4L * i)
                    .add(load(summand, 4L * i))
                    .intoMemorySegment(rows, start + 4L * i, ORDER);
        }
        if (i < width) {
            var mask = SPECIES.indexInRange(i, width);
            FloatVector.fromMemorySegment(SPECIES, rows, start + 4L * i, ORDER, mask)
                    .add(FloatVector.fromMemorySegment(SPECIES, summand, 4L * i, ORDER, mask))
                    .intoMemorySegment(rows, start + 4L * i, ORDER, mask);
        }
    }
}
