package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// Attention of what is being said over what was read (Vaswani et al. 2017, section 3.2.3). Key and value are one matrix.
public record CrossAttention(
        Linear query, Linear keyValue, Linear output, int heads, AttentionRule rule) {
    /// @param x [tokens, width], of what is being said; the result has the same shape
    Tensor forward(Tensor x, int layer, Decoding said, Adapters adapters) {
        var queries = query.forward(x, adapters).view(x.size(0), heads, headWidth());
        return output.forward(said.attendToSource(layer, rule, queries), adapters);
    }

    /// Keys and values of what was read, side by side: [tokens, 2 × heads, head width].
    ///
    /// @param read [tokens, width]
    Tensor keysAndValues(Tensor read, Adapters adapters) {
        return keyValue.forward(read, adapters).view(read.size(0), 2L * heads, headWidth());
    }

    int headWidth() {
        return output.in() / heads;
    }

    List<Linear> linears() {
        return List.of(query, keyValue, output);
    }
}
