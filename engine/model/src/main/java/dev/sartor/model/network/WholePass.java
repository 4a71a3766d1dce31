package dev.sartor.model.network;

import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import java.util.function.Supplier;

/// A pass of which everything is kept.
final class WholePass implements RecordedPass {
    private final Tensor recorded;
    private final Tensor hidden;

    WholePass(Supplier<Tensor> forward) {
        try (var _ = Gradients.recorded()) {
            recorded = forward.get();
        }
        hidden = recorded.detached();
    }

    @Override
    public Tensor hidden() {
        return hidden;
    }

    @Override
    public void backward(Tensor gradient) {
        Gradients.backward(recorded, gradient);
        recorded.free();
    }
}
