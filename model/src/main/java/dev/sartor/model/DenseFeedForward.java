package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import java.util.List;

/// f(x·up), projected down; gated it is f(x·gate) ⊙ (x·up) (Shazeer 2020), where gate and up are one matrix.
record DenseFeedForward(Linear up, Activation activation, boolean gated, Linear down)
        implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Adapters adapters) {
        var inner = up.forward(x, adapters);
        if (!gated) {
            return down.forward(activation.forward(inner), adapters);
        }
        long width = down.in();
        var gate = activation.forward(inner.slice(-1, 0, width));
        return down.forward(gate.times(inner.slice(-1, width, width)), adapters);
    }

    @Override
    public List<Linear> linears() {
        return List.of(up, down);
    }
}
