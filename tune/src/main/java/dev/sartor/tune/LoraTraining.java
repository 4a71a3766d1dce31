package dev.sartor.tune;

import dev.sartor.model.Decoder;
import dev.sartor.model.LoraAdapter;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.List;

/// An adapter under training on a frozen network: the parameters in F32, a copy of them in the type that the network
/// computes in, and their gradients. For the engine's thread; closing frees the optimiser's state and the copy, and not
/// the adapter.
final class LoraTraining implements AutoCloseable {
    private final Decoder decoder;
    private final LoraAdapter adapter;
    private final LoraAdapter working;
    private final TensorScope owner = TensorScope.owner();
    private final Tensor gradient;
    private final AdamW optimiser;
    private final AnswerLoss loss;
    private final double maxNorm;

    /// @param adapter in F32; training changes it
    LoraTraining(Decoder decoder, LoraAdapter adapter, double weightDecay, double maxNorm) {
        this.decoder = decoder;
        this.adapter = adapter;
        this.maxNorm = maxNorm;
        this.working = adapter.copiedTo(decoder.type());
        this.gradient = owner.adopt(Tensors.zeros(decoder.type(), adapter.layout().parameters()));
        this.optimiser = new AdamW(adapter.layout().parameters(), weightDecay);
        this.loss = new AnswerLoss(decoder);
        working.trainWith(gradient);
    }

    /// @param loss mean cross-entropy before the step, in nats per token
    /// @param gradientNorm before it was clipped
    record Step(double loss, double gradientNorm) {}

    /// How much of a prefix these rows can share: none where the model turns the longest of them otherwise than the
    /// shortest.
    int shared(List<TrainingRow> rows, int prefix) {
        var lengths = rows.stream().mapToInt(row -> row.ids().length - 1).summaryStatistics();
        return decoder.turnsAlike(lengths.getMin(), lengths.getMax()) ? prefix : 0;
    }

    /// One step of gradient descent.
    Step step(TrainingBatch batch, double rate) {
        try (var _ = TensorScope.open()) {
            gradient.fill(0);
            double value = backward(batch);
            var whole = gradient.to(DType.F32);
            double norm = whole.norm().item();
            if (!Double.isFinite(norm)) {
                throw dev.sartor.core.SartorException.user(
                        "the training diverged: the gradient is not finite. Lower tune.learning_rate and start again.");
            }
            var clipped = whole.times(Math.min(1, maxNorm / (norm + 1e-6)));
            optimiser.step(adapter.flat(), clipped, rate);
            working.flat().copyFrom(adapter.flat());
            return new Step(value, norm);
        }
    }

    private double backward(TrainingBatch batch) {
        try (var _ = Gradients.recorded()) {
            var hidden = decoder.hidden(batch.idsTensor(), batch.pass(decoder.type()), working);
            var outcome = loss.of(hidden, batch);
            Gradients.flow(hidden, outcome.gradient());
            return outcome.loss();
        }
    }

    LoraAdapter adapter() {
        return adapter;
    }

    /// The adapter as the network computes with it now; it changes with each step.
    LoraAdapter working() {
        return working;
    }

    AdamW optimiser() {
        return optimiser;
    }

    /// Takes the parameters over into the working copy, after they were set from outside.
    void refresh() {
        working.flat().copyFrom(adapter.flat());
    }

    @Override
    public void close() {
        optimiser.close();
        working.close();
        dev.sartor.tensor.Engine.run(owner::close);
    }
}
