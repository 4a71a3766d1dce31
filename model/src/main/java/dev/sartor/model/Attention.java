package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// Grouped-query attention with rotary positions (Ainslie et al. 2023): several query heads share a key and value head.
/// Query, key and value are one matrix.
///
/// @param heads query heads
/// @param groups key and value heads; divides `heads`
record Attention(
        Linear queryKeyValue,
        Linear output,
        int heads,
        int groups,
        int headWidth,
        AttentionRule rule) {
    /// @param x [tokens, width]
    Tensor forward(Tensor x, int layer, Pass pass, Rope.At rope, Adapters adapters) {
        var projected =
                queryKeyValue.forward(x, adapters).view(x.size(0), heads + 2L * groups, headWidth);
        var turned = Rope.turn(projected.slice(1, 0, heads + groups), rope);
        var attended =
                pass.attend(
                        layer,
                        rule,
                        turned.slice(1, 0, heads),
                        turned.slice(1, heads, groups),
                        projected.slice(1, heads + groups, groups));
        return output.forward(attended, adapters);
    }
}
