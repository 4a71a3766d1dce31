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

    /// Whether it is a table's memory seen as a matrix.
    default boolean shares(Table table) {
        return false;
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
        try (var _ = TensorScope.open()) {
            return int8(Int8Rows.hadamard(weight));
        }
    }

    /// Of what was turned and rounded before; that stays the caller's.
    static Matrix int8(Int8Rows turned) {
        return Int8Matrix.of(turned);
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
    /// @param type of input and product: BF16
    static Matrix packed4(Tensor weight, DType type) {
        if (type != DType.BF16) {
            throw new IllegalArgumentException(
                    "weights in 4 bits are unpacked to BF16, not " + type);
        }
        var blocks = Int4Matrix.blocks(weight);
        return new Int4Matrix(blocks, weight.size(0), weight.size(1), type);
    }

    /// A table in int8 as a matrix that computes in the table's type. The table must outlive it.
    static Matrix packed8(Int8Rows table) {
        return PackedMatrix.of(table);
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
        return new Int4Matrix(blocks, out, in, DType.F32);
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
