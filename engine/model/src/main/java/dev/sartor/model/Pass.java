package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// What is computed in one go: which tokens, at which positions, and which of them see which. Token-wise layers see all
/// tokens of a pass as one [tokens, width]; only attention asks the pass how they belong together.
public interface Pass {
    /// int64 [tokens]: each token's place in its own text, from 0.
    Tensor positions();

    /// For each token how long its text is at the end of this pass, in tokens, all that was computed before counted.
    int[] textLengths();

    /// Attention over what each token may see by the pass and by the layer's rule, including itself.
    ///
    /// @param query [tokens, heads, head width]
    /// @param key [tokens, groups, head width]
    /// @param value [tokens, groups, head width]
    /// @return [tokens, heads × head width]
    Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value);
}
