package dev.sartor.tensor;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;

/// Numbers in int8 with one scale for each row: a table, unpacked as it is looked up, or a weight before it is laid out for
/// products.
///
/// @param values int8 [entries, width]
/// @param scales F32 [entries]: what a step of a row is worth
/// @param type of the rows that it gives, F32 or BF16
public record Int8Rows(Tensor values, Tensor scales, DType type) implements Table {
    /// The largest number that a row is rounded to, on either side of zero.
    private static final double LARGEST = 127;

    private static final long AT_A_TIME = 4096;

    public Int8Rows {
        if (values.size(0) != scales.count()) {
            throw new IllegalArgumentException(
                    values + " must have a scale for each row, got " + scales);
        }
    }

    /// A table, rounded. Belongs to the current scope.
    ///
    /// @param table [entries, width], F32 or BF16; stays the caller's
    public static Int8Rows of(Tensor table) {
        return of(table, some -> some);
    }

    /// A weight, turned by a {@link HadamardTransform} and rounded, for {@link Matrix#int8(Int8Rows)}. Belongs to the current scope.
    ///
    /// @param weight [out, in], F32 or BF16; stays the caller's
    public static Int8Rows hadamard(Tensor weight) {
        var turn = HadamardTransform.of(weight.size(1));
        return of(
                weight,
                rows -> {
                    var turned = rows.copy();
                    RowKernels.hadamard(
                            turned.address(),
                            (int) rows.size(0),
                            turn,
                            rows.size(1),
                            1f / turn.block());
                    return turned;
                });
    }

    /// The same table, whose rows are of another type.
    public Int8Rows giving(DType changed) {
        return new Int8Rows(values, scales, changed);
    }

    /// @param change made to some rows in F32 before they are rounded
    private static Int8Rows of(Tensor table, UnaryOperator<Tensor> change) {
        var rows =
                new Int8Rows(
                        Tensors.empty(DType.I8, table.shape()),
                        Tensors.empty(DType.F32, table.size(0)),
                        DType.F32);
        for (long row = 0; row < table.size(0); row += AT_A_TIME) {
            try (var _ = TensorScope.open()) {
                long count = Math.min(AT_A_TIME, table.size(0) - row);
                rows.round(change.apply(table.slice(0, row, count).to(DType.F32)), row);
            }
        }
        return rows;
    }

    /// @param exact F32
    private void round(Tensor exact, long row) {
        try (var least = new Scalar(Float.MIN_NORMAL)) {
            var steps = new Tensor(exact.raw().abs()).max(1).multiply(1 / LARGEST);
            steps.raw().clamp_min_(least);
            scales.slice(0, row, steps.count()).copyFrom(steps);
            var inSteps = new Tensor(exact.raw().div(steps.withDimension(1).raw()));
            values.slice(0, row, steps.count()).copyFrom(new Tensor(inSteps.raw().round()));
        }
    }

    @Override
    public long entries() {
        return values.size(0);
    }

    @Override
    public long width() {
        return values.size(1);
    }

    @Override
    public Tensor rows(Tensor ids) {
        var rows = values.selected(0, ids).to(DType.F32);
        return rows.multiply(scales.selected(0, ids).withDimension(1)).to(type);
    }

    /// Some rows unpacked, in the table's type: [count, width].
    Tensor unpacked(long from, long count) {
        int width = (int) width();
        var out = Tensors.empty(type, count, width);
        var kind = Elements.of(out);
        long packed = values.address() + from * width;
        long steps = scales.address() + Float.BYTES * from;
        long to = out.address();
        RowKernels.eachRow(
                Math.toIntExact(count),
                3L * width,
                row -> {
                    float step = RowKernels.value(steps + (long) Float.BYTES * row);
                    long at = packed + (long) row * width;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        kind.store(
                                RowKernels.loadBytes(at + i, width - i).mul(step),
                                to + (long) kind.size() * row * width,
                                i,
                                width);
                    }
                });
        return out;
    }

    @Override
    public long bytes() {
        return values.count() + Float.BYTES * scales.count();
    }
}
