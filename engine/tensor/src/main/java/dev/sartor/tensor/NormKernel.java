package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// x / √(mean(x²) + epsilon) · weight for rows of float32.
final class NormKernel {
    private static final int LANES = RowKernels.SPECIES.length();

    private NormKernel() {}

    /// @param x F32 [..., width], contiguous
    static Tensor rms(Tensor x, Tensor weight, double epsilon) {
        var out = Tensors.empty(DType.F32, x.shape());
        long from = x.address();
        long to = out.address();
        long scale = weight.address();
        int width = (int) weight.count();
        int rows = Math.toIntExact(x.count() / width);
        RowKernels.eachRow(
                rows,
                4L * width,
                row -> rms(from + 4L * row * width, to + 4L * row * width, scale, width, epsilon));
        return out;
    }

    static void rms(long from, long to, long weight, int width, double epsilon) {
        float mean = squares(from, width) / width;
        float factor = (float) (1 / Math.sqrt(mean + epsilon));
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var scaled = RowKernels.load(from + 4L * i).mul(factor);
            RowKernels.store(scaled.mul(RowKernels.load(weight + 4L * i)), to + 4L * i);
        }
        if (i < width) {
            int rest = width - i;
            var scaled = RowKernels.load(from + 4L * i, rest).mul(factor);
            RowKernels.store(scaled.mul(RowKernels.load(weight + 4L * i, rest)), to + 4L * i, rest);
        }
    }

    private static float squares(long from, int width) {
        var sum = FloatVector.zero(RowKernels.SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var x = RowKernels.load(from + 4L * i);
            sum = x.lanewise(VectorOperators.FMA, x, sum);
        }
        if (i < width) {
            var x = RowKernels.load(from + 4L * i, width - i);
            sum = x.lanewise(VectorOperators.FMA, x, sum);
        }
        return RowKernels.sum(sum);
    }
}
