package dev.sartor.tensor;

import java.util.Optional;

/// A weight [out, in] as it is held in memory. For the engine's thread; it belongs to the scope that it was made for.
public sealed interface Matrix extends AutoCloseable permits DenseMatrix, Int8Matrix, Int4Matrix {
    long out();

    long in();

    /// x·Wᵀ + b. `x` [rows, in], contiguous; `bias` [out]; the result is [rows, out]. Both are of {@link #type}, and no row
    /// of the result depends on another row of `x`.
    Tensor product(Tensor x, Optional<Tensor> bias);

    /// The type of the input and of the product.
    DType type();

    /// The weight itself, or what it was rounded to: [out, in], in {@link #type}. Made anew where it is not held so.
    Tensor dense();

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
        try (var _ = TensorScope.open()) {
            return int8(Int8Rows.turned(weight));
        }
    }

    /// Of what was turned and rounded before; that stays the caller's.
    static Matrix int8(Int8Rows turned) {
        return Int8Matrix.of(turned);
    }

    /// Rounded to 4 bits in groups of 32, see {@link Int4Matrix}. The tensor stays the caller's.
    ///
    /// @param weight [out, in], F32 or BF16
    static Matrix int4(Tensor weight) {
        try (var _ = TensorScope.open()) {
            return int4(int4Blocks(weight), weight.size(0), weight.size(1));
        }
    }

    /// What {@link #int4(Tensor, long, long)} takes: uint8 in a layout of this machine, see {@link #layout}. Belongs to the current scope.
    ///
    /// @param weight [out, in], F32 or BF16; stays the caller's
    static Tensor int4Blocks(Tensor weight) {
        return Int4Matrix.blocks(weight);
    }

    /// Of a weight's blocks, which become the matrix's own.
    static Matrix int4(Tensor blocks, long out, long in) {
        return new Int4Matrix(blocks, out, in);
    }

    /// The bytes of a matrix's blocks in 4 bits.
    static long int4Bytes(long out, long in) {
        return Int4Blocks.bytes(out, in);
    }

    /// Names how blocks of 4 bits are laid out, which goes by the length of the machine's vectors.
    static String layout() {
        return Engine.call(() -> "lanes " + Int4Blocks.LANES);
    }
}
