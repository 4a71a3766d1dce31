package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// silu(x·gate) ⊙ (x·up), projected down (Shazeer 2020). Gate and up are one matrix.
record GatedFeedForward(Linear gateAndUp, Linear down) {
    /// @param x [tokens, width]
    Tensor forward(Tensor x, Adapters adapters) {
        var both = gateAndUp.forward(x, adapters);
        var width = down.in();
        var gated = both.slice(-1, 0, width).silu().times(both.slice(-1, width, width));
        return down.forward(gated, adapters);
    }
}
