package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// A pre-norm transformer block: rotary attention, then a gated feed-forward network (Touvron et al. 2023, section 2.2).
record DecoderBlock(
        RmsNorm attentionNorm,
        Attention attention,
        RmsNorm feedForwardNorm,
        GatedFeedForward feedForward) {
    /// @param hidden [tokens, width]; the result has the same shape
    Tensor forward(Tensor hidden, int layer, Pass pass, Rope.At rope, Adapters adapters) {
        var attended =
                hidden.plus(
                        attention.forward(
                                attentionNorm.forward(hidden), layer, pass, rope, adapters));
        return attended.plus(feedForward.forward(feedForwardNorm.forward(attended), adapters));
    }
}
