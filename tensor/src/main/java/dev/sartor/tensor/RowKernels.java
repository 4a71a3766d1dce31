package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Arithmetic over rows of float32 in native memory, for the small steps between products: one pass over the memory, no
/// allocation, where libtorch would take several operators of microseconds each. A row never depends on another.
final class RowKernels {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();

    private RowKernels() {}

    static FloatVector load(MemorySegment from, long at) {
        return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
    }

    /// Writes each row turned and divided by its then largest absolute value; returns those values.
    static float[] turnedToOne(MemorySegment from, MemorySegment to, Rotation turn, long width) {
        long stride = width * Float.BYTES;
        var largest = new float[Math.toIntExact(from.byteSize() / stride)];
        to.copyFrom(from);
        for (int row = 0; row < largest.length; row++) {
            turn.turn(to, row * stride, width);
            float most = largest(to, row * stride, width);
            multiply(to, to, row * stride, width, most == 0 ? 0 : 1 / most);
            largest[row] = most;
        }
        return largest;
    }

    /// Turns each row and multiplies it, in place.
    static void turn(MemorySegment rows, Rotation turn, long width, float factor) {
        long stride = width * Float.BYTES;
        for (long start = 0; start < rows.byteSize(); start += stride) {
            turn.turn(rows, start, width);
            multiply(rows, rows, start, width, factor);
        }
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
        for (int row = 0; row < factors.length; row++) {
            multiply(rows, rows, row * stride, stride / Float.BYTES, factors[row]);
            if (bias.isPresent()) {
                add(rows, row * stride, bias.get());
            }
        }
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
