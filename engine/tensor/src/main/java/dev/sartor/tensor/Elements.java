package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Rows of F32 or BF16 in native memory, read as float32 lanes and rounded to the nearest even when written.
///
/// @param halves whether they are BF16
public record Elements(boolean halves) {
    public static final int LANES = RowKernels.SPECIES.length();
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(16 * LANES));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, RowKernels.SPECIES.vectorShape());

    /// @throws IllegalArgumentException for another type, or where the last dimension has gaps
    public static Elements of(Tensor x) {
        var type = x.type();
        if ((type != DType.F32 && type != DType.BF16) || x.raw().stride(x.rank() - 1) != 1) {
            throw new IllegalArgumentException(
                    "rows must be F32 or BF16 and without gaps, got " + x);
        }
        return new Elements(type == DType.BF16);
    }

    /// Bytes of an element.
    public int size() {
        return halves ? Short.BYTES : Float.BYTES;
    }

    /// Lanes from element `i` of the row at an address; zeros behind the row's end.
    ///
    /// @param width of the row
    public FloatVector load(long row, int i, int width) {
        int rest = width - i;
        if (rest >= LANES) {
            return halves ? RowKernels.loadHalves(row + 2L * i) : RowKernels.load(row + 4L * i);
        }
        if (!halves) {
            return RowKernels.load(row + 4L * i, rest);
        }
        var few =
                ShortVector.fromMemorySegment(
                        HALVES, RowKernels.NATIVE, row + 2L * i, RowKernels.ORDER, some(rest));
        return ((IntVector) few.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    public void store(FloatVector values, long row, int i, int width) {
        int rest = width - i;
        if (!halves) {
            if (rest >= LANES) {
                RowKernels.store(values, row + 4L * i);
            } else {
                RowKernels.store(values, row + 4L * i, rest);
            }
            return;
        }
        var bits = values.reinterpretAsInts();
        var even = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        var rounded = bits.add(even).add(0x7fff).lanewise(VectorOperators.LSHR, 16);
        var shorts = (ShortVector) rounded.convertShape(VectorOperators.I2S, HALVES, 0);
        if (rest >= LANES) {
            shorts.intoMemorySegment(RowKernels.NATIVE, row + 2L * i, RowKernels.ORDER);
        } else {
            shorts.intoMemorySegment(RowKernels.NATIVE, row + 2L * i, RowKernels.ORDER, some(rest));
        }
    }

    private static VectorMask<Short> some(int count) {
        return HALVES.indexInRange(0, count);
    }

    /// One element.
    public float value(long row, int i) {
        return halves ? RowKernels.half(row + 2L * i) : RowKernels.value(row + 4L * i);
    }

    public void put(long row, int i, float value) {
        if (halves) {
            int bits = Float.floatToRawIntBits(value);
            RowKernels.NATIVE.set(
                    java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED,
                    row + 2L * i,
                    (short) ((bits + ((bits >>> 16) & 1) + 0x7fff) >>> 16));
        } else {
            RowKernels.put(row + 4L * i, value);
        }
    }
}
