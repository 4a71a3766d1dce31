package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Elements;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Root-mean-square normalisation for training, in one pass over each row forwards and one back: y = x·r·w with r = 1 ÷
/// √(mean(x²) + ε), and dx = r·w·dy − x·r³·mean(w·dy·x) (Zhang & Sennrich 2019, section 3.2). For rows of F32 or BF16,
/// computed in float32.
public final class NormGradient {
    private NormGradient() {}

    /// @param x [rows, width], contiguous
    /// @param weight [width], of x's type
    /// @param scales F32 [rows], receives r
    public static Tensor forward(Tensor x, Tensor weight, double epsilon, Tensor scales) {
        var kind = Elements.of(x);
        var out = Tensors.empty(x.type(), x.shape());
        int width = (int) x.size(1);
        long stride = (long) width * kind.size();
        long from = x.address();
        long to = out.address();
        long factors = weight.address();
        long kept = scales.address();
        RowKernels.eachRow(
                (int) x.size(0),
                stride,
                row -> {
                    long at = from + row * stride;
                    var sum = FloatVector.zero(RowKernels.SPECIES);
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var value = kind.load(at, i, width);
                        sum = value.lanewise(VectorOperators.FMA, value, sum);
                    }
                    float scale = (float) (1 / Math.sqrt(RowKernels.sum(sum) / width + epsilon));
                    RowKernels.put(kept + 4L * row, scale);
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var value = kind.load(at, i, width).mul(scale);
                        kind.store(
                                value.mul(kind.load(factors, i, width)),
                                to + row * stride,
                                i,
                                width);
                    }
                });
        return out;
    }

    /// Adds the gradient with respect to x.
    ///
    /// @param scales as {@link #forward} left them
    /// @param gradient with respect to y: [rows, width], contiguous
    /// @param sum what is added to: [rows, width], contiguous
    public static void backward(
            Tensor x, Tensor weight, Tensor scales, Tensor gradient, Tensor sum) {
        var kind = Elements.of(x);
        int width = (int) x.size(1);
        long stride = (long) width * kind.size();
        long values = x.address();
        long factors = weight.address();
        long kept = scales.address();
        long flowing = gradient.address();
        long to = sum.address();
        RowKernels.eachRow(
                (int) x.size(0),
                3 * stride,
                row -> {
                    long at = values + row * stride;
                    long from = flowing + row * stride;
                    float scale = RowKernels.value(kept + 4L * row);
                    var product = FloatVector.zero(RowKernels.SPECIES);
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var weighted = kind.load(from, i, width).mul(kind.load(factors, i, width));
                        product =
                                weighted.lanewise(
                                        VectorOperators.FMA, kind.load(at, i, width), product);
                    }
                    float back = -RowKernels.sum(product) * scale * scale * scale / width;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var weighted = kind.load(from, i, width).mul(kind.load(factors, i, width));
                        var added = weighted.mul(scale).add(kind.load(at, i, width).mul(back));
                        kind.store(
                                added.add(kind.load(to + row * stride, i, width)),
                                to + row * stride,
                                i,
                                width);
                    }
                });
    }
}
