package dev.sartor.tensor;

/// A table [entries, width] in int8 with one scale for each row: for embeddings that are looked up. For the engine's
/// thread; it belongs to the scope that it was made for.
///
/// @param values int8 [entries, width]
/// @param scales F32 [entries]: what a step of a row is worth
public record Int8Rows(Tensor values, Tensor scales) {
    /// The largest number that a row is rounded to, on either side of zero.
    private static final double LARGEST = 127;

    /// @param table [entries, width], F32 or BF16
    public static Int8Rows of(Tensor table, TensorScope owner) {
        var values = owner.adopt(Tensors.empty(DType.I8, table.shape()));
        var scales = owner.adopt(Tensors.empty(DType.F32, table.size(0)));
        try (var _ = TensorScope.open()) {
            round(table, values, scales);
        }
        return new Int8Rows(values, scales);
    }

    static void round(Tensor from, Tensor values, Tensor scales) {
        var exact = from.to(DType.F32);
        scales.copyFrom(exact.absolute().max(1).multiply(1 / LARGEST).atLeast(Float.MIN_NORMAL));
        values.copyFrom(exact.dividedBy(scales.withDimension(1)).rounded());
    }

    /// Rows at `ids` (int64 [count]): F32 [count, width].
    public Tensor at(Tensor ids) {
        var rows = values.selected(0, ids).to(DType.F32);
        return rows.multiply(scales.selected(0, ids).withDimension(1));
    }

    public long bytes() {
        return values.count() + Float.BYTES * scales.count();
    }
}
