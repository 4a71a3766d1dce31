package dev.sartor.tensor;

import java.util.Optional;

/// A weight in int8 with one scale for each row that computes in BF16 or F32: it is unpacked for each product, some
/// rows at a time, and the input is not rounded. What an adapter is trained on (Dettmers et al. 2023, section 3). A
/// gradient goes through it by {@link #back}.
final class PackedMatrix implements Matrix {
    /// Rows that are unpacked at once: 16 thousand of 576 bf16 are 18 MiB.
    private static final long AT_ONCE = 16384;

    private final Int8Rows rows;
    private final TensorScope owner;

    private PackedMatrix(Int8Rows rows, TensorScope owner) {
        this.rows = rows;
        this.owner = owner;
    }

    /// Rounds each row to 127 steps on either side of zero.
    ///
    /// @param weight [out, in], F32 or BF16; stays the caller's
    /// @param type of input and product
    static PackedMatrix of(Tensor weight, DType type) {
        var rows = Int8Rows.of(weight).giving(type);
        var owner = TensorScope.owner();
        owner.adopt(rows.values());
        owner.adopt(rows.scales());
        return new PackedMatrix(rows, owner);
    }

    /// The table itself, which stays its owner's.
    static PackedMatrix of(Int8Rows table) {
        return new PackedMatrix(table, TensorScope.owner());
    }

    @Override
    public Tensor product(Tensor x, Optional<Tensor> bias) {
        if (out() <= AT_ONCE) {
            try (var scope = TensorScope.open()) {
                return scope.keep(Tensors.linear(x, dense(), bias));
            }
        }
        var product = Tensors.empty(rows.type(), x.size(0), out());
        for (long from = 0; from < out(); from += AT_ONCE) {
            try (var _ = TensorScope.open()) {
                long count = Math.min(AT_ONCE, out() - from);
                Tensors.matmulInto(
                        product.slice(1, from, count),
                        x,
                        rows.unpacked(from, count).transposed(0, 1));
            }
        }
        bias.ifPresent(product::add);
        return product;
    }

    @Override
    public Tensor back(Tensor gradient) {
        if (out() <= AT_ONCE) {
            try (var scope = TensorScope.open()) {
                return scope.keep(gradient.matmul(dense()));
            }
        }
        var sum = Tensors.zeros(rows.type(), gradient.size(0), in());
        for (long from = 0; from < out(); from += AT_ONCE) {
            try (var _ = TensorScope.open()) {
                long count = Math.min(AT_ONCE, out() - from);
                sum.addMatmul(gradient.slice(1, from, count), rows.unpacked(from, count));
            }
        }
        return sum;
    }

    @Override
    public boolean shares(Table table) {
        return table instanceof Int8Rows other && other.values() == rows.values();
    }

    @Override
    public DType type() {
        return rows.type();
    }

    @Override
    public long out() {
        return rows.entries();
    }

    @Override
    public long in() {
        return rows.width();
    }

    @Override
    public Tensor dense() {
        return rows.unpacked(0, out());
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    @Override
    public void close() {
        Engine.check();
        owner.close();
    }
}
