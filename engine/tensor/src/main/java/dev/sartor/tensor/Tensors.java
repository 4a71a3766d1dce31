package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Makes tensors, and the operations that take several. Each result belongs to the innermost open {@link TensorScope}.
public final class Tensors {
    private Tensors() {}

    public static Tensor zeros(DType type, long... shape) {
        Engine.check();
        try (var options = type.options()) {
            return new Tensor(torch.zeros(shape, options));
        }
    }

    /// Its content is whatever stood in the memory before.
    public static Tensor empty(DType type, long... shape) {
        Engine.check();
        try (var options = type.options();
                var format = new org.bytedeco.pytorch.MemoryFormatOptional()) {
            return new Tensor(torch.empty(shape, options, format));
        }
    }

    public static Tensor full(double value, DType type, long... shape) {
        return zeros(type, shape).fill(value);
    }

    /// Uniform in [0, 1); the same seed gives the same numbers on the same machine.
    public static Tensor random(long seed, DType type, long... shape) {
        Engine.check();
        torch.manual_seed(seed);
        try (var options = type.options()) {
            return new Tensor(torch.rand(shape, options));
        }
    }

    /// A copy of the bytes as they stand, row-major, in the machine's byte order.
    public static Tensor copyOf(MemorySegment bytes, DType type, long... shape) {
        var tensor = empty(type, shape);
        var memory = tensor.memory();
        if (memory.byteSize() != bytes.byteSize()) {
            throw new IllegalArgumentException(
                    "the shape needs "
                            + memory.byteSize()
                            + " bytes, given are "
                            + bytes.byteSize());
        }
        memory.copyFrom(bytes);
        return tensor;
    }

    public static Tensor of(float[] values, long... shape) {
        return copyOf(MemorySegment.ofArray(values), DType.F32, shape);
    }

    public static Tensor of(long[] values, long... shape) {
        return copyOf(MemorySegment.ofArray(values), DType.I64, shape);
    }

    /// int64, shape [values.length]
    public static Tensor indices(int[] values) {
        var tensor = empty(DType.I64, values.length);
        var memory = tensor.memory();
        for (int i = 0; i < values.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, values[i]);
        }
        return tensor;
    }

    /// x·wᵀ + b. `x` [..., in], `weight` [out, in], `bias` [out]; the result is [..., out].
    public static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
        Engine.check();
        return new Tensor(
                bias.isPresent()
                        ? torch.linear(x.raw(), weight.raw(), bias.get().raw())
                        : torch.linear(x.raw(), weight.raw()));
    }

    /// a·b of two matrices, written into `out`.
    public static Tensor matmulInto(Tensor out, Tensor a, Tensor b) {
        Engine.check();
        torch.mm_out(out.raw(), a.raw(), b.raw());
        return out;
    }

    /// a ÷ b, elementwise and broadcast.
    public static Tensor quotient(Tensor a, Tensor b) {
        Engine.check();
        return new Tensor(torch.div(a.raw(), b.raw()));
    }

    /// sum + scale·(a·b). `a` [rows, inner], `b` [inner, columns]; `sum` is broadcast to [rows, columns].
    public static Tensor addMatmul(Tensor sum, Tensor a, Tensor b, double scale) {
        Engine.check();
        try (var one = new Scalar(1.0);
                var alpha = new Scalar(scale)) {
            return new Tensor(torch.addmm(sum.raw(), a.raw(), b.raw(), one, alpha));
        }
    }

    /// Adds scale·(a·b) of two matrices to `sum`, which may be a slice of another tensor.
    public static Tensor addMatmulInto(Tensor sum, Tensor a, Tensor b, double scale) {
        Engine.check();
        try (var one = new Scalar(1.0);
                var alpha = new Scalar(scale)) {
            sum.raw().addmm_(a.raw(), b.raw(), one, alpha);
            return sum;
        }
    }

    /// sum + scale·(a·b) for each of a batch. `a` [batch, rows, inner], `b` [batch, inner, columns]; `sum` is broadcast.
    public static Tensor addBatchMatmul(Tensor sum, Tensor a, Tensor b, double scale) {
        Engine.check();
        try (var one = new Scalar(1.0);
                var alpha = new Scalar(scale)) {
            return new Tensor(torch.baddbmm(sum.raw(), a.raw(), b.raw(), one, alpha));
        }
    }

    /// Rows of `table` [entries, width] at `ids` (int64, any shape): [..., width].
    public static Tensor embedding(Tensor table, Tensor ids) {
        Engine.check();
        return new Tensor(torch.embedding(table.raw(), ids.raw()));
    }

    /// x / √(mean(x²) + epsilon) · weight over the last dimension (Zhang & Sennrich 2019).
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        if (RowKernels.suits(x)) {
            return NormKernel.rms(x, weight, epsilon);
        }
        try (var w = new TensorOptional(weight.raw());
                var eps = new DoubleOptional(epsilon)) {
            return new Tensor(torch.rms_norm(x.raw(), weight.shape(), w, eps));
        }
    }

    /// Rotary positions: of each head dimension i turns with dimension i + width/2 (Su et al. 2021).
    ///
    /// @param x [tokens, heads, head width]
    /// @param cosine [tokens, 1, head width], both halves alike
    /// @return [tokens, heads, head width]
    public static Tensor rotated(Tensor x, Tensor cosine, Tensor sine) {
        if (RowKernels.suitsInRows(x)) {
            return RopeKernel.rotate(x, cosine, sine);
        }
        var half = x.size(-1) / 2;
        var turned = concat(-1, x.slice(-1, half, half).negated(), x.slice(-1, 0, half));
        return x.times(cosine).add(turned.times(sine));
    }

    /// silu(x) ⊙ y, where `both` [rows, 2·width] holds x and y side by side: [rows, width].
    public static Tensor siluGated(Tensor both) {
        if (RowKernels.suits(both)) {
            return GateKernel.silu(both);
        }
        long width = both.size(1) / 2;
        return both.slice(-1, 0, width).silu().times(both.slice(-1, width, width));
    }

    /// gelu(x) ⊙ y with the tanh form of gelu, where `both` [rows, 2·width] holds x and y side by side: [rows, width].
    public static Tensor geluTanhGated(Tensor both) {
        if (RowKernels.suits(both)) {
            return GateKernel.geluTanh(both);
        }
        long width = both.size(1) / 2;
        return both.slice(-1, 0, width).geluTanh().times(both.slice(-1, width, width));
    }

    /// (x − mean) / √(variance + epsilon) · weight + bias over the last dimension (Ba et al. 2016).
    public static Tensor layerNorm(Tensor x, Tensor weight, Optional<Tensor> bias, double epsilon) {
        Engine.check();
        try (var w = new TensorOptional(weight.raw());
                var b =
                        bias.isPresent()
                                ? new TensorOptional(bias.get().raw())
                                : new TensorOptional()) {
            return new Tensor(torch.layer_norm(x.raw(), weight.shape(), w, b, epsilon, false));
        }
    }

    public static Tensor concat(int dimension, Tensor... parts) {
        Engine.check();
        try (var vector = vector(parts)) {
            return new Tensor(torch.cat(vector, dimension));
        }
    }

    public static Tensor concat(int dimension, List<Tensor> parts) {
        return concat(dimension, parts.toArray(new Tensor[0]));
    }

    private static TensorVector vector(Tensor... parts) {
        var raw = new org.bytedeco.pytorch.Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            raw[i] = parts[i].raw();
        }
        return new TensorVector(raw);
    }
}
