package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// A post-norm transformer block: attention over the whole text, then a feed-forward network, each added to its input
/// and normalised (Vaswani et al. 2017; Devlin et al. 2018).
record EncoderBlock(
        Linear queryKeyValue,
        Linear output,
        LayerNorm attentionNorm,
        Linear up,
        Activation activation,
        Linear down,
        LayerNorm feedForwardNorm,
        int heads) {
    /// @param hidden [tokens, width]; the result has the same shape
    Tensor forward(Tensor hidden, int layer, Pass pass, Adapters adapters) {
        var width = hidden.size(1);
        var projected =
                queryKeyValue
                        .forward(hidden, adapters)
                        .view(hidden.size(0), 3L * heads, width / heads);
        var attended =
                pass.attend(
                        layer,
                        AttentionRule.full((int) width / heads),
                        projected.slice(1, 0, heads),
                        projected.slice(1, heads, heads),
                        projected.slice(1, 2L * heads, heads));
        var first = attentionNorm.forward(output.forward(attended, adapters).plus(hidden));
        var second = down.forward(activation.forward(up.forward(first, adapters)), adapters);
        return feedForwardNorm.forward(second.plus(first));
    }
}
