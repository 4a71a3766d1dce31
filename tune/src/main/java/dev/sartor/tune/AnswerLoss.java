package dev.sartor.tune;

import dev.sartor.model.Adapters;
import dev.sartor.model.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// Mean cross-entropy over the answers' tokens, and its gradient with respect to the hidden states, computed together in
/// chunks: no graph over [tokens, vocabulary] is ever kept.
final class AnswerLoss {
    private static final int CHUNK = 256;

    private final Decoder decoder;

    AnswerLoss(Decoder decoder) {
        this.decoder = decoder;
    }

    /// @param loss in nats per token
    /// @param gradient of the loss, [tokens, width], zero where nothing is learned
    record Outcome(double loss, Tensor gradient) {}

    /// @param hidden [tokens, width]
    Outcome of(Tensor hidden, TrainingBatch batch) {
        try (var _ = Gradients.paused()) {
            var places = Tensors.indices(batch.places());
            var states = hidden.detached().selected(0, places);
            var gradients = Tensors.empty(states.type(), states.shape());
            int count = batch.targets().length;
            double sum = 0;
            for (int from = 0; from < count; from += CHUNK) {
                int size = Math.min(CHUNK, count - from);
                var targets = java.util.Arrays.copyOfRange(batch.targets(), from, from + size);
                try (var _ = TensorScope.open()) {
                    sum +=
                            chunk(
                                    states.slice(0, from, size),
                                    targets,
                                    gradients.slice(0, from, size),
                                    count);
                }
            }
            var gradient =
                    Tensors.zeros(hidden.type(), hidden.shape()).copyAt(0, places, gradients);
            return new Outcome(sum / count, gradient);
        }
    }

    /// softmax(h·Wᵀ) minus one at the target, divided by the number of all targets, back through W.
    private double chunk(Tensor states, int[] targets, Tensor gradient, int count) {
        var index = Tensors.indices(targets).view(targets.length, 1);
        var logits = decoder.logits(states, Adapters.none()).to(DType.F32);
        var logs = logits.logSoftmax(-1);
        double sum = -logs.gathered(1, index).sum().item();
        var difference =
                logs.exp().scatterAdd(1, index, Tensors.full(-1, DType.F32, targets.length, 1));
        var uncapped = decoder.uncapped(logits, difference.multiply(1.0 / count));
        gradient.copyFrom(uncapped.to(states.type()).matmul(decoder.head()));
        return sum;
    }
}
