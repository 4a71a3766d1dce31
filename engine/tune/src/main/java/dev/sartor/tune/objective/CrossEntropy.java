package dev.sartor.tune.objective;

import dev.sartor.model.network.OutputStep;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.SoftmaxGradient;
import java.util.Arrays;

/// Cross-entropy of classes (tokens of a vocabulary, or labels) and its gradient, computed together in chunks of rows: no
/// graph over [rows, classes] is ever kept. What is trained in the head gets its gradients as well.
final class CrossEntropy {
    private static final int CHUNK = 256;

    private final OutputStep head;

    CrossEntropy(OutputStep head) {
        this.head = head;
    }

    /// @param loss summed, in nats
    /// @param gradient with respect to the states, of their shape and type
    record Outcome(double loss, Tensor gradient) {}

    /// The sum of the losses, and the gradient of that sum ÷ all.
    ///
    /// @param states [rows, width]
    /// @param targets the class of each row
    Outcome of(Tensor states, int[] targets, long all) {
        var weights = new float[targets.length];
        Arrays.fill(weights, 1f / all);
        return of(states, targets, weights);
    }

    /// The sum of the losses, and the gradient of the sum of each loss times its weight.
    Outcome of(Tensor states, int[] targets, float[] weights) {
        var gradients = Tensors.empty(states.type(), states.shape());
        double sum = 0;
        for (int from = 0; from < targets.length; from += CHUNK) {
            int size = Math.min(CHUNK, targets.length - from);
            try (var _ = TensorScope.open()) {
                sum +=
                        chunk(
                                states.slice(0, from, size),
                                Arrays.copyOfRange(targets, from, from + size),
                                Arrays.copyOfRange(weights, from, from + size),
                                gradients.slice(0, from, size));
            }
        }
        return new Outcome(sum, gradients);
    }

    /// softmax(logits) minus one at the target, times the weight, back through the head.
    private double chunk(Tensor states, int[] targets, float[] weights, Tensor gradient) {
        var logits = head.logits(states);
        double sum = SoftmaxGradient.replace(logits, targets, weights);
        gradient.copyFrom(head.back(logits));
        return sum;
    }

    /// The log-probability of each target, without gradients.
    float[] logs(Tensor states, int[] targets) {
        var logs = new float[targets.length];
        for (int from = 0; from < targets.length; from += CHUNK) {
            int size = Math.min(CHUNK, targets.length - from);
            try (var _ = TensorScope.open()) {
                var some = Arrays.copyOfRange(targets, from, from + size);
                var picked =
                        head.logits(states.slice(0, from, size))
                                .to(DType.F32)
                                .logSoftmax(-1)
                                .gathered(1, Tensors.indices(some).view(size, 1));
                System.arraycopy(picked.toFloats(), 0, logs, from, size);
            }
        }
        return logs;
    }
}
