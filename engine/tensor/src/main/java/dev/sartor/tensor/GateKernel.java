package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;

/// f(first half of a row) ⊙ second half, for rows of F32 or BF16, computed in float32.
final class GateKernel {
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
    static void silu(Elements elements, long gate, long to, int width) {
        row(elements, gate, to, width, SILU);
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
        var elements = Elements.of(both);
        int width = (int) both.size(1) / 2;
        var out = Tensors.empty(both.type(), both.size(0), width);
        long stride = (long) width * elements.size();
        long from = both.address();
        long to = out.address();
        RowKernels.eachRow(
                Math.toIntExact(both.size(0)),
                2 * stride,
                row ->
                        row(
                                elements,
                                from + 2L * row * stride,
                                to + row * stride,
                                width,
                                activation));
        return out;
    }

    private static void row(
            Elements elements, long gate, long to, int width, Activation activation) {
        long up = gate + (long) width * elements.size();
        for (int i = 0; i < width; i += Elements.LANES) {
            var open = activation.of(elements.load(gate, i, width));
            elements.store(open.mul(elements.load(up, i, width)), to, i, width);
        }
    }
}
