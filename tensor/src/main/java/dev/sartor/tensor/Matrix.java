package dev.sartor.tensor;

import java.util.Optional;

/// A weight [out, in] as it is held in memory. For the engine's thread; it belongs to the scope that it was made for.
public sealed interface Matrix extends AutoCloseable
        permits DenseMatrix, Int8Matrix, Int4Matrix, PackedMatrix {
    long out();

    long in();

    /// x·Wᵀ + b. `x` [rows, in], contiguous; `bias` [out]; the result is [rows, out]. Both are of {@link #type}, and no row
    /// of the result depends on another row of `x`.
    Tensor product(Tensor x, Optional<Tensor> bias);

    /// The type of the input and of the product.
    DType type();

    /// The weight itself, or what it was rounded to: [out, in], in {@link #type}. Made anew where it is not held so.
    Tensor dense();

    /// gradient·W: what flows back through {@link #product} to its input. `gradient` [rows, out]; the result is [rows, in].
    default Tensor back(Tensor gradient) {
        return gradient.matmul(dense());
    }

    /// Whether it has a gradient of its own.
    default boolean isFollowed() {
        return false;
    }

    /// The number of weights.
    default long count() {
        return out() * in();
    }

    /// What it takes in memory.
    long bytes();

    /// Frees it.
    @Override
    void close();

    /// The tensor as it is.
    static Matrix dense(Tensor weight) {
        return new DenseMatrix(weight);
    }

    /// Rounded to int8, see {@link Int8Matrix}. The tensor stays the caller's.
    ///
    /// @param weight [out, in], F32 or BF16
    static Matrix int8(Tensor weight) {
        return Int8Matrix.of(weight);
    }

    /// Held in int8 and unpacked for each product, see {@link PackedMatrix}. The tensor stays the caller's.
    ///
    /// @param weight [out, in], F32 or BF16
    /// @param type of input and product, F32 or BF16
    static Matrix packed8(Tensor weight, DType type) {
        return PackedMatrix.of(weight, type);
    }

    /// Held in 4 bits and unpacked for each product of BF16.
    ///
    /// @param weight [out, in], F32 or BF16
    static Matrix packed4(Tensor weight) {
        return Int4Matrix.of(weight, DType.BF16);
    }

    /// A table in int8 as a matrix that computes in the table's type. The table must outlive it.
    static Matrix packed8(Int8Rows table) {
        return PackedMatrix.of(table);
    }

    /// Rounded to 4 bits in groups of 32, see {@link Int4Matrix}. The tensor stays the caller's.
    ///
    /// @param weight [out, in], F32 or BF16
    static Matrix int4(Tensor weight) {
        return Int4Matrix.of(weight);
    }
}
