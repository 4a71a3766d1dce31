package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// f(x·up), projected down; gated it is f(x·gate) ⊙ (x·up) (Shazeer 2020), where gate and up are one matrix.
public record DenseFeedForward(Linear up, Activation activation, boolean gated, Linear down)
        implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Adapters adapters) {
        var inner = up.forward(x, adapters);
        return down.forward(gated ? activation.gated(inner) : activation.forward(inner), adapters);
    }

    @Override
    public List<Linear> linears() {
        return List.of(up, down);
    }
}
