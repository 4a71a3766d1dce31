package dev.sartor.tensor;

import static dev.sartor.tensor.RowKernels.NATIVE;
import static dev.sartor.tensor.RowKernels.SPECIES;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The memory of an {@link Int4Matrix}: for as many rows as a vector has lanes, and each group of 32 columns, four vectors
/// of ints, whose lane r holds 8 columns of row r in its 8 nibbles; then the rows' steps, then their least values. A row's
/// number is step · nibble + least. What is missing to whole blocks is zero.
final class Int4Blocks {
    static final int GROUP = 32;
    static final int LANES = SPECIES.length();
    static final int VECTORS = 4;
    static final int COLUMNS = 8;
    private static final int LARGEST = 15;
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(16 * LANES));

    /// Where the bits of a float with the exponent 0 weigh 1/128 and more.
    private static final IntVector MASK = IntVector.broadcast(INTS, 0xF0000);

    private static final IntVector ONE = IntVector.broadcast(INTS, Float.floatToRawIntBits(1));

    private static final int STEPS_AT = VECTORS * Integer.BYTES * LANES;
    static final int BLOCK = STEPS_AT + 2 * Short.BYTES * LANES;

    final int rows;
    final int columns;
    final int groups;
    final int rowBlocks;
    private final long start;
    private final long bytes;

    /// @param held uint8 [{@link #bytes(long, long)}], the caller's
    Int4Blocks(int rows, int columns, Tensor held) {
        this.rows = rows;
        this.columns = columns;
        this.groups = (columns + GROUP - 1) / GROUP;
        this.rowBlocks = (rows + LANES - 1) / LANES;
        this.bytes = bytes(rows, columns);
        this.start = held.address();
    }

    static long bytes(long rows, long columns) {
        return (rows + LANES - 1) / LANES * ((columns + GROUP - 1) / GROUP) * BLOCK;
    }

    long bytes() {
        return bytes;
    }

    /// Where a block begins, as an address.
    long at(int rowBlock, int group) {
        return start + ((long) rowBlock * groups + group) * BLOCK;
    }

    static IntVector ints(long block, int vector) {
        long at = block + (long) vector * Integer.BYTES * LANES;
        return IntVector.fromMemorySegment(INTS, NATIVE, at, RowKernels.ORDER);
    }

    /// 1 + nibble/128 of the nibbles at bits 16 to 19: the first of 8 columns. Turned right by 4 the ints give the next one's.
    static FloatVector low(IntVector ints) {
        return ints.and(MASK).or(ONE).reinterpretAsFloats();
    }

    /// The same of the nibbles at bits 0 to 3: the fifth of 8 columns.
    static FloatVector high(IntVector ints) {
        return ints.lanewise(VectorOperators.LSHL, 16).and(MASK).or(ONE).reinterpretAsFloats();
    }

    static FloatVector steps(long block) {
        return halves(block + STEPS_AT);
    }

    static FloatVector least(long block) {
        return halves(block + STEPS_AT + (long) Short.BYTES * LANES);
    }

    /// From float16; subnormal ones, too.
    private static FloatVector halves(long at) {
        var halves = ShortVector.fromMemorySegment(HALVES, NATIVE, at, RowKernels.ORDER);
        var ints = (IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        var sign = ints.and(0x8000).lanewise(VectorOperators.LSHL, 16);
        return ints.and(0x7fff)
                .lanewise(VectorOperators.LSHL, 13)
                .reinterpretAsFloats()
                .mul(0x1p112f)
                .reinterpretAsInts()
                .or(sign)
                .reinterpretAsFloats();
    }

    /// Rounds a float32 matrix [rows, columns].
    void pack(long from) {
        Workers.each(
                rowBlocks,
                true,
                (block, _) -> {
                    int end = Math.min(rows, (block + 1) * LANES);
                    for (int row = block * LANES; row < end; row++) {
                        for (int group = 0; group < groups; group++) {
                            int first = group * GROUP;
                            int count = Math.min(GROUP, columns - first);
                            long at = from + 4 * ((long) row * columns + first);
                            packGroup(at, count, at(block, group), row - block * LANES);
                        }
                    }
                });
    }

    private static void packGroup(long from, int count, long block, int lane) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float x = RowKernels.value(from + 4L * i);
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        short base = Float.floatToFloat16(least);
        short step = Float.floatToFloat16((most - least) / LARGEST);
        float begin = Float.float16ToFloat(base);
        float width = Float.float16ToFloat(step);
        float factor = width == 0 ? 0 : 1 / width;
        for (int i = 0; i < count; i++) {
            float x = RowKernels.value(from + 4L * i);
            int nibble = Math.clamp(Math.round((x - begin) * factor), 0, LARGEST);
            long at = block + Integer.BYTES * ((long) (i / COLUMNS) * LANES + lane);
            int ints = NATIVE.get(ValueLayout.JAVA_INT, at);
            NATIVE.set(ValueLayout.JAVA_INT, at, ints | nibble << bit(i));
        }
        long steps = block + STEPS_AT + (long) Short.BYTES * lane;
        NATIVE.set(ValueLayout.JAVA_SHORT, steps, step);
        NATIVE.set(ValueLayout.JAVA_SHORT, steps + (long) Short.BYTES * LANES, base);
    }

    /// Where a column's nibble begins: the first four of eight in the upper half of the int, the others in the lower.
    private static int bit(int column) {
        return 4 * (column % COLUMNS) ^ 16;
    }

    /// Writes the matrix turned over as bfloat16: [columns, rows].
    void unpack(long to) {
        Workers.each(
                rowBlocks,
                true,
                (block, _) -> {
                    for (int group = 0; group < groups; group++) {
                        unpackBlock(at(block, group), block, group, to);
                    }
                });
    }

    private void unpackBlock(long block, int rowBlock, int group, long to) {
        var factor = steps(block).mul(128f);
        var base = least(block).sub(factor);
        int count = Math.min(LANES, rows - rowBlock * LANES);
        for (int vector = 0; vector < VECTORS; vector++) {
            var ints = ints(block, vector);
            int column = group * GROUP + vector * COLUMNS;
            for (int i = 0; i < COLUMNS / 2; i++, column++) {
                write(low(ints).fma(factor, base), column, rowBlock, count, to);
                write(high(ints).fma(factor, base), column + 4, rowBlock, count, to);
                ints = ints.lanewise(VectorOperators.ROR, 4);
            }
        }
    }

    /// Rounds to the nearest bfloat16, ties to even.
    private void write(FloatVector numbers, int column, int rowBlock, int count, long to) {
        if (column >= columns) {
            return;
        }
        var bits = numbers.reinterpretAsInts();
        var odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        var rounded = bits.add(odd).add(0x7fff).lanewise(VectorOperators.LSHR, 16);
        var halves = (ShortVector) rounded.convertShape(VectorOperators.I2S, HALVES, 0);
        long at = to + Short.BYTES * ((long) column * rows + (long) rowBlock * LANES);
        if (count == LANES) {
            halves.intoMemorySegment(NATIVE, at, RowKernels.ORDER);
        } else {
            halves.intoMemorySegment(NATIVE, at, RowKernels.ORDER, HALVES.indexInRange(0, count));
        }
    }

    /// Writes the numbers that the matrix was rounded to as float32: [rows, columns].
    void restore(long to) {
        for (int row = 0; row < rows; row++) {
            int lane = row % LANES;
            for (int column = 0; column < columns; column++) {
                long block = at(row / LANES, column / GROUP);
                int inGroup = column % GROUP;
                long at = block + Integer.BYTES * ((long) (inGroup / COLUMNS) * LANES + lane);
                int nibble = NATIVE.get(ValueLayout.JAVA_INT, at) >>> bit(inGroup) & LARGEST;
                long steps = block + STEPS_AT + (long) Short.BYTES * lane;
                float step = half(steps);
                float base = half(steps + (long) Short.BYTES * LANES);
                RowKernels.put(to + 4 * ((long) row * columns + column), step * nibble + base);
            }
        }
    }

    private static float half(long at) {
        return Float.float16ToFloat(NATIVE.get(ValueLayout.JAVA_SHORT, at));
    }
}
