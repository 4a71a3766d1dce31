package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Elements;
import dev.sartor.tensor.Exponential;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Cross-entropy over rows of logits and its gradient, in place: softmax(x) minus one at the target, times the row's
/// weight. For rows of F32 or BF16, computed in float32.
public final class SoftmaxGradient {
    private SoftmaxGradient() {}

    /// Replaces the logits by their gradients.
    ///
    /// @param logits [rows, classes], contiguous
    /// @param targets the class of each row
    /// @param weights what each row's gradient is multiplied by
    /// @return the sum of −log softmax(x) at the targets, in nats
    public static double replace(Tensor logits, int[] targets, float[] weights) {
        var kind = Elements.of(logits);
        int width = (int) logits.size(1);
        long stride = (long) width * kind.size();
        long start = logits.address();
        var losses = new double[targets.length];
        RowKernels.eachRow(
                targets.length,
                stride,
                row -> {
                    long at = start + row * stride;
                    float most = largest(kind, at, width);
                    float target = kind.value(at, targets[row]);
                    float sum = sum(kind, at, width, most);
                    losses[row] = Math.log(sum) + most - target;
                    float share = weights[row] / sum;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var odds = Exponential.of(kind.load(at, i, width).sub(most));
                        kind.store(odds.mul(share), at, i, width);
                    }
                    float own = (float) (Math.exp(target - most) * share) - weights[row];
                    kind.put(at, targets[row], own);
                });
        return Arrays.stream(losses).sum();
    }

    private static float largest(Elements kind, long at, int width) {
        var most = FloatVector.broadcast(RowKernels.SPECIES, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= width - Elements.LANES; i += Elements.LANES) {
            most = most.max(kind.load(at, i, width));
        }
        float largest = most.reduceLanes(VectorOperators.MAX);
        for (; i < width; i++) {
            largest = Math.max(largest, kind.value(at, i));
        }
        return largest;
    }

    private static float sum(Elements kind, long at, int width, float most) {
        var sum = FloatVector.zero(RowKernels.SPECIES);
        int i = 0;
        for (; i <= width - Elements.LANES; i += Elements.LANES) {
            sum = sum.add(Exponential.of(kind.load(at, i, width).sub(most)));
        }
        float rest = 0;
        for (; i < width; i++) {
            rest += (float) Math.exp(kind.value(at, i) - most);
        }
        return RowKernels.sum(sum) + rest;
    }
}
