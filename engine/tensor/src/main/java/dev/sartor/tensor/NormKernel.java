package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// x / √(mean(x²) + epsilon) · weight for rows of F32 or BF16, computed in float32.
final class NormKernel {
    private NormKernel() {}

    /// @param x F32 or BF16 [..., width], contiguous
    /// @param weight F32 or BF16 [width]
    static Tensor rms(Tensor x, Tensor weight, double epsilon) {
        var out = Tensors.empty(x.type(), x.shape());
        int width = (int) weight.count();
        var row = new Row(Elements.of(x), Elements.of(weight), weight.address(), width, epsilon);
        long stride = (long) width * row.elements().size();
        long from = x.address();
        long to = out.address();
        RowKernels.eachRow(
                Math.toIntExact(x.count() / width),
                stride,
                i -> row.rms(from + i * stride, to + i * stride));
        return out;
    }

    /// How each row is normalised.
    ///
    /// @param weight where its first element stands
    record Row(Elements elements, Elements weights, long weight, int width, double epsilon) {
        void rms(long from, long to) {
            float mean = squares(from) / width;
            float factor = (float) (1 / Math.sqrt(mean + epsilon));
            for (int i = 0; i < width; i += Elements.LANES) {
                var scaled = elements.load(from, i, width).mul(factor);
                elements.store(scaled.mul(weights.load(weight, i, width)), to, i, width);
            }
        }

        private float squares(long from) {
            var sum = FloatVector.zero(RowKernels.SPECIES);
            for (int i = 0; i < width; i += Elements.LANES) {
                var x = elements.load(from, i, width);
                sum = x.lanewise(VectorOperators.FMA, x, sum);
            }
            return RowKernels.sum(sum);
        }
    }
}
