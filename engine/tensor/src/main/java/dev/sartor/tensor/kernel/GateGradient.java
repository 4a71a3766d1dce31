package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Elements;
import dev.sartor.tensor.Exponential;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import jdk.incubator.vector.FloatVector;

/// f(first half of a row) ⊙ second half, forwards and back, for rows of F32 or BF16, computed in float32.
public final class GateGradient {
    private static final float ROOT_2_OVER_PI = 0.7978846f;
    private static final float CUBE = 0.044715f;

    /// The function of the gate.
    public enum Gate {
        /// x·σ(x)
        SILU,
        /// x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
        GELU_TANH
    }

    private GateGradient() {}

    /// @param both [rows, 2·width], contiguous
    /// @return [rows, width]
    public static Tensor forward(Gate gate, Tensor both) {
        var kind = Elements.of(both);
        int width = (int) both.size(1) / 2;
        var out = Tensors.empty(both.type(), both.size(0), width);
        long stride = (long) width * kind.size();
        long from = both.address();
        long to = out.address();
        boolean silu = gate == Gate.SILU;
        RowKernels.eachRow(
                (int) both.size(0),
                3 * stride,
                row -> {
                    long opening = from + 2L * row * stride;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var x = kind.load(opening, i, width);
                        var open = silu ? x.mul(Exponential.sigmoid(x)) : gelu(x);
                        kind.store(
                                open.mul(kind.load(opening + stride, i, width)),
                                to + row * stride,
                                i,
                                width);
                    }
                });
        return out;
    }

    /// The gradient with respect to both: [rows, 2·width].
    ///
    /// @param gradient with respect to what {@link #forward} gave: [rows, width], contiguous
    public static Tensor backward(Gate gate, Tensor both, Tensor gradient) {
        var kind = Elements.of(both);
        int width = (int) both.size(1) / 2;
        var out = Tensors.empty(both.type(), both.shape());
        long stride = (long) width * kind.size();
        long from = both.address();
        long flowing = gradient.address();
        long to = out.address();
        boolean silu = gate == Gate.SILU;
        RowKernels.eachRow(
                (int) both.size(0),
                5 * stride,
                row -> {
                    long opening = from + 2L * row * stride;
                    long target = to + 2L * row * stride;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var x = kind.load(opening, i, width);
                        var up = kind.load(opening + stride, i, width);
                        var flow = kind.load(flowing + row * stride, i, width);
                        if (silu) {
                            var open = Exponential.sigmoid(x);
                            var value = x.mul(open);
                            // σ·(1 + x·(1 − σ)) = σ + v − v·σ
                            var slope = open.add(value).sub(value.mul(open));
                            kind.store(flow.mul(up).mul(slope), target, i, width);
                            kind.store(flow.mul(value), target + stride, i, width);
                        } else {
                            kind.store(flow.mul(up).mul(slopeOfGelu(x)), target, i, width);
                            kind.store(flow.mul(gelu(x)), target + stride, i, width);
                        }
                    }
                });
        return out;
    }

    private static FloatVector bend(FloatVector x) {
        return Exponential.tanh(x.mul(x).mul(x).mul(CUBE).add(x).mul(ROOT_2_OVER_PI));
    }

    private static FloatVector gelu(FloatVector x) {
        return x.mul(0.5f).mul(bend(x).add(1f));
    }

    private static FloatVector slopeOfGelu(FloatVector x) {
        var bend = bend(x);
        var inner = x.mul(x).mul(3 * CUBE).add(1f).mul(ROOT_2_OVER_PI);
        var steep = x.mul(0.5f).mul(bend.mul(bend).neg().add(1f)).mul(inner);
        return bend.add(1f).mul(0.5f).add(steep);
    }
}
