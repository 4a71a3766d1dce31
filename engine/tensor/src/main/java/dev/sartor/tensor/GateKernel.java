package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;

/// f(first half of a row) ⊙ second half, for rows of float32.
final class GateKernel {
    private static final int LANES = RowKernels.SPECIES.length();
    private static final float ROOT_2_OVER_PI = 0.7978846f;

    private GateKernel() {}

    private static final Activation SILU = x -> x.mul(Exponential.sigmoid(x));

    @FunctionalInterface
    private interface Activation {
        FloatVector of(FloatVector x);
    }

    /// x·σ(x)
    static Tensor silu(Tensor both) {
        return gated(both, SILU);
    }

    /// Of one row.
    static void silu(long gate, long to, long width) {
        row(gate, to, width, SILU);
    }

    /// x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
    static Tensor geluTanh(Tensor both) {
        return gated(
                both,
                x -> {
                    var inner = x.mul(x).mul(x).mul(0.044715f).add(x).mul(ROOT_2_OVER_PI);
                    return x.mul(0.5f).mul(Exponential.tanh(inner).add(1f));
                });
    }

    private static Tensor gated(Tensor both, Activation activation) {
        long width = both.size(1) / 2;
        var out = Tensors.empty(DType.F32, both.size(0), width);
        long from = both.address();
        long to = out.address();
        RowKernels.eachRow(
                Math.toIntExact(both.size(0)),
                8 * width,
                row -> row(from + 8L * row * width, to + 4L * row * width, width, activation));
        return out;
    }

    private static void row(long gate, long to, long width, Activation activation) {
        long up = gate + 4 * width;
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var open = activation.of(RowKernels.load(gate + 4L * i));
            RowKernels.store(open.mul(RowKernels.load(up + 4L * i)), to + 4L * i);
        }
        if (i < width) {
            long rest = width - i;
            var open = activation.of(RowKernels.load(gate + 4L * i, rest));
            RowKernels.store(open.mul(RowKernels.load(up + 4L * i, rest)), to + 4L * i, rest);
        }
    }
}
