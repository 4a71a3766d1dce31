package dev.sartor.tensor;

/// A table [entries, width] whose rows are looked up, as it is held in memory. For the engine's thread; it belongs to the
/// scope that it was made for.
public sealed interface Table permits DenseTable, Int8Rows {
    long entries();

    long width();

    default long count() {
        return entries() * width();
    }

    /// The type of the rows that it gives.
    DType type();

    /// Rows at `ids` (int64 [count]): [count, width].
    Tensor rows(Tensor ids);

    /// What it takes in memory.
    long bytes();

    /// The tensor as it is.
    static Table dense(Tensor values) {
        return new DenseTable(values);
    }
}
