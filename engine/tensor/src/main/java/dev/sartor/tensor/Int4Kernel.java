package dev.sartor.tensor;

import static dev.sartor.tensor.Int4Blocks.COLUMNS;
import static dev.sartor.tensor.Int4Blocks.GROUP;
import static dev.sartor.tensor.Int4Blocks.LANES;
import static dev.sartor.tensor.Int4Blocks.VECTORS;
import static dev.sartor.tensor.RowKernels.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Products of rows with an {@link Int4Matrix}. A row's sums are added in one order, whatever stands beside it.
///
/// With n = 1 + nibble/128 a number of the weight is 128 · step · (n − 1) + least, so that a group's sum over x is
/// 128 · step · (Σ n·x − Σ x) + least · Σ x: no nibble is converted, its bits are a float's already. What float32 loses by
/// it is some 1e-5 of a step for each product.
final class Int4Kernel {
    /// Rows that share each unpacked vector.
    private static final int TOGETHER = 4;

    /// Blocks of rows of the weight that a thread takes at a time.
    private static final int PIECE = 8;

    private static final float SCALE = 128;

    /// Numbers of the weight below which waking other threads does not pay.
    private static final long WORTH_SHARING = 1 << 16;

    private final Int4Blocks weight;
    private final int rows;

    /// [set of rows][column][row of the set]
    private final float[][] inputs;

    /// [set of rows][group][row of the set]
    private final float[][] sums;

    /// Of each worker Σ n·x: [row of the set, or block][group][row of the block].
    private final float[][] scratch;

    private Int4Kernel(Int4Blocks weight, long x, int rows) {
        this.weight = weight;
        this.rows = rows;
        int padded = weight.groups * GROUP;
        int sets = rows == 1 ? 1 : (rows + TOGETHER - 1) / TOGETHER;
        int width = rows == 1 ? 1 : TOGETHER;
        this.inputs = new float[sets][padded * width];
        this.sums = new float[sets][weight.groups * width];
        this.scratch = new float[Workers.count()][TOGETHER * weight.groups * LANES];
        for (int row = 0; row < rows; row++) {
            load(
                    x + 4L * row * weight.columns,
                    row % width,
                    width,
                    inputs[row / width],
                    sums[row / width]);
        }
    }

    private void load(long x, int place, int width, float[] input, float[] sum) {
        if (width == 1) {
            MemorySegment.copy(
                    RowKernels.NATIVE, ValueLayout.JAVA_FLOAT, x, input, 0, weight.columns);
        } else {
            for (int i = 0; i < weight.columns; i++) {
                input[width * i + place] = RowKernels.value(x + 4L * i);
            }
        }
        for (int group = 0; group < weight.groups; group++) {
            float total = 0;
            for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
                total += input[width * i + place];
            }
            sum[width * group + place] = total;
        }
    }

    /// @param x F32 [rows, in]
    /// @param y F32 [rows, out], to be written
    static void multiply(Int4Blocks weight, long x, int rows, long y) {
        var kernel = new Int4Kernel(weight, x, rows);
        int pieces = (weight.rowBlocks + PIECE - 1) / PIECE;
        Workers.each(
                pieces,
                (long) weight.rows * weight.columns * rows > WORTH_SHARING,
                (piece, worker) ->
                        kernel.blocks(
                                piece * PIECE,
                                Math.min(weight.rowBlocks, (piece + 1) * PIECE),
                                y,
                                kernel.scratch[worker]));
    }

    private void blocks(int first, int end, long y, float[] found) {
        RowKernels.fetch(
                weight.at(first, 0), (long) (end - first) * weight.groups * Int4Blocks.BLOCK);
        if (rows > 1) {
            for (int block = first; block < end; block++) {
                block(block, y, found);
            }
            return;
        }
        for (int block = first; block < end; block += 2) {
            int other = Math.min(block + 1, end - 1);
            for (int group = 0; group < weight.groups; group++) {
                one(weight.at(block, group), weight.at(other, group), group, inputs[0], found);
            }
            scale(block, 0, 0, y, found);
            scale(other, 0, 1, y, found);
        }
    }

    private void block(int block, long y, float[] found) {
        for (int set = 0; set < inputs.length; set++) {
            for (int group = 0; group < weight.groups; group++) {
                four(weight.at(block, group), group, inputs[set], found);
            }
            for (int row = TOGETHER * set; row < Math.min(rows, TOGETHER * (set + 1)); row++) {
                scale(block, row, row % TOGETHER, y, found);
            }
        }
    }

    /// One group for one row, of two blocks.
    private void one(long block, long other, int group, float[] x, float[] found) {
        var a = FloatVector.zero(SPECIES);
        var a2 = a;
        var b = a;
        var b2 = a;
        for (int vector = 0; vector < VECTORS; vector++) {
            var ints = Int4Blocks.ints(block, vector);
            var ints2 = Int4Blocks.ints(other, vector);
            int column = group * GROUP + vector * COLUMNS;
            for (int i = column; i < column + COLUMNS / 2; i++) {
                a = Int4Blocks.low(ints).lanewise(VectorOperators.FMA, x[i], a);
                a2 = Int4Blocks.low(ints2).lanewise(VectorOperators.FMA, x[i], a2);
                b = Int4Blocks.high(ints).lanewise(VectorOperators.FMA, x[i + 4], b);
                b2 = Int4Blocks.high(ints2).lanewise(VectorOperators.FMA, x[i + 4], b2);
                ints = ints.lanewise(VectorOperators.ROR, 4);
                ints2 = ints2.lanewise(VectorOperators.ROR, 4);
            }
        }
        a.add(b).intoArray(found, LANES * group);
        a2.add(b2).intoArray(found, LANES * (weight.groups + group));
    }

    /// One group for four rows; the sums are those of {@link #one}, in its order.
    private void four(long block, int group, float[] x, float[] found) {
        int first = LANES * group;
        int stride = LANES * weight.groups;
        var a0 = FloatVector.zero(SPECIES);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var b0 = a0;
        var b1 = a0;
        var b2 = a0;
        var b3 = a0;
        for (int vector = 0; vector < VECTORS; vector++) {
            var ints = Int4Blocks.ints(block, vector);
            int i = TOGETHER * (group * GROUP + vector * COLUMNS);
            for (int end = i + TOGETHER * COLUMNS / 2; i < end; i += TOGETHER) {
                var n = Int4Blocks.low(ints);
                a0 = n.lanewise(VectorOperators.FMA, x[i], a0);
                a1 = n.lanewise(VectorOperators.FMA, x[i + 1], a1);
                a2 = n.lanewise(VectorOperators.FMA, x[i + 2], a2);
                a3 = n.lanewise(VectorOperators.FMA, x[i + 3], a3);
                n = Int4Blocks.high(ints);
                b0 = n.lanewise(VectorOperators.FMA, x[i + 16], b0);
                b1 = n.lanewise(VectorOperators.FMA, x[i + 17], b1);
                b2 = n.lanewise(VectorOperators.FMA, x[i + 18], b2);
                b3 = n.lanewise(VectorOperators.FMA, x[i + 19], b3);
                ints = ints.lanewise(VectorOperators.ROR, 4);
            }
        }
        a0.add(b0).intoArray(found, first);
        a1.add(b1).intoArray(found, first + stride);
        a2.add(b2).intoArray(found, first + 2 * stride);
        a3.add(b3).intoArray(found, first + 3 * stride);
    }

    /// @param place where the block's sums for the row stand among those found
    private void scale(int rowBlock, int row, int place, long y, float[] found) {
        int width = rows == 1 ? 1 : TOGETHER;
        var own = sums[row / width];
        int first = place * weight.groups * LANES;
        var total = FloatVector.zero(SPECIES);
        long block = weight.at(rowBlock, 0);
        for (int group = 0; group < weight.groups; group++, block += Int4Blocks.BLOCK) {
            float inputs = own[width * group + row % width];
            var sum = FloatVector.fromArray(SPECIES, found, first + LANES * group);
            total = Int4Blocks.least(block).lanewise(VectorOperators.FMA, inputs, total);
            total = Int4Blocks.steps(block).mul(SCALE).fma(sum.sub(inputs), total);
        }
        long at = y + 4 * ((long) row * weight.rows + (long) rowBlock * LANES);
        int count = Math.min(LANES, weight.rows - rowBlock * LANES);
        if (count == LANES) {
            RowKernels.store(total, at);
        } else {
            RowKernels.store(total, at, count);
        }
    }
}
