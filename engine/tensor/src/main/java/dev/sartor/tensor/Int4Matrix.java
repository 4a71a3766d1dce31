package dev.sartor.tensor;

import java.util.Optional;

/// A weight in 4 bits with a step and a least value in float16 for each group of 32 numbers of a row: 5 bits a number, the
/// layout of numbers of GGUF's Q4_1, which is held without loss. The input is not rounded.
///
/// Few rows are multiplied straight from the 4 bits, at the cost of reading them; for many rows the weight is unpacked to
/// bf16 and multiplied by libtorch.
final class Int4Matrix implements Matrix {
    /// From this many rows on unpacking pays.
    private static final int MANY = 24;

    private final long out;
    private final long in;
    private final TensorScope owner = TensorScope.owner();
    private final Int4Blocks blocks;

    private final DType type;

    /// @param held in the layout of {@link Int4Blocks}; becomes the matrix's own
    /// @param type of input and product: F32, or BF16 for training
    Int4Matrix(Tensor held, long out, long in, DType type) {
        this.type = type;
        this.out = out;
        this.in = in;
        this.blocks = new Int4Blocks(Math.toIntExact(out), Math.toIntExact(in), owner.adopt(held));
    }

    /// @param weight [out, in], F32 or BF16
    static Tensor blocks(Tensor weight) {
        long out = weight.size(0);
        long in = weight.size(1);
        var held = Tensors.zeros(DType.U8, Int4Blocks.bytes(out, in));
        try (var _ = TensorScope.open()) {
            new Int4Blocks(Math.toIntExact(out), Math.toIntExact(in), held)
                    .pack(weight.to(DType.F32).contiguous().address());
        }
        return held;
    }

    @Override
    public Tensor product(Tensor x, Optional<Tensor> bias) {
        int rows = Math.toIntExact(x.size(0));
        if (type == DType.BF16) {
            try (var scope = TensorScope.open()) {
                var product = x.matmul(unpacked());
                bias.ifPresent(product::add);
                return scope.keep(product);
            }
        }
        if (rows >= MANY) {
            var half = x.to(DType.BF16);
            var product = half.matmul(unpacked()).to(DType.F32);
            bias.ifPresent(product::add);
            return product;
        }
        var product = Tensors.empty(DType.F32, rows, out);
        Int4Kernel.multiply(blocks, x.address(), rows, product.address());
        bias.ifPresent(product::add);
        return product;
    }

    /// The weight turned over: BF16 [in, out].
    private Tensor unpacked() {
        var dense = Tensors.empty(DType.BF16, in, out);
        blocks.unpack(dense.address());
        return dense;
    }

    @Override
    public Tensor back(Tensor gradient) {
        try (var scope = TensorScope.open()) {
            return scope.keep(gradient.matmul(unpacked().transposed(0, 1)));
        }
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public long out() {
        return out;
    }

    @Override
    public long in() {
        return in;
    }

    @Override
    public Tensor dense() {
        var dense = Tensors.empty(DType.F32, out, in);
        blocks.restore(dense.address());
        return dense.to(type);
    }

    @Override
    public long bytes() {
        return blocks.bytes();
    }

    @Override
    public void close() {
        Engine.check();
        owner.close();
    }
}
