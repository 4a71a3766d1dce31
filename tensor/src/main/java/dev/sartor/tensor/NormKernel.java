package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// x / √(mean(x²) + epsilon) · weight for rows of float32.
final class NormKernel {
    private static final int LANES = RowKernels.SPECIES.length();

    private NormKernel() {}

    /// @param x F32 [..., width], contiguous
    static Tensor rms(Tensor x, Tensor weight, double epsilon) {
        var out = Tensors.empty(DType.F32, x.shape());
        var from = x.memory();
        var to = out.memory();
        var scale = weight.memory();
        long stride = scale.byteSize();
        int rows = Math.toIntExact(from.byteSize() / stride);
        RowKernels.eachRow(rows, stride, row -> rms(from, to, row * stride, scale, epsilon));
        return out;
    }

    private static void rms(
            MemorySegment from,
            MemorySegment to,
            long start,
            MemorySegment weight,
            double epsilon) {
        int width = (int) (weight.byteSize() / Float.BYTES);
        float mean = squares(from, start, width) / width;
        float factor = (float) (1 / Math.sqrt(mean + epsilon));
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            RowKernels.load(from, start + 4L * i)
                    .mul(factor)
                    .mul(RowKernels.load(weight, 4L * i))
                    .intoMemorySegment(to, start + 4L * i, RowKernels.ORDER);
        }
        if (i < width) {
            RowKernels.load(from, start + 4L * i, width - i)
                    .mul(factor)
                    .mul(RowKernels.load(weight, 4L * i, width - i))
                    .intoMemorySegment(
                            to, start + 4L * i, RowKernels.ORDER, RowKernels.first(width - i));
        }
    }

    private static float squares(MemorySegment from, long start, int width) {
        var sum = FloatVector.zero(RowKernels.SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            var x = RowKernels.load(from, start + 4L * i);
            sum = x.lanewise(VectorOperators.FMA, x, sum);
        }
        if (i < width) {
            var x = RowKernels.load(from, start + 4L * i, width - i);
            sum = x.lanewise(VectorOperators.FMA, x, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
