package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.OptionalDouble;

/// How the last block's output becomes logits.
///
/// @param head its weight is the embedding's table where the two are tied
/// @param softCap logits become cap·tanh(logit/cap) (Gemma 2, section 2)
public record DecoderOutput(Norm norm, Linear head, OptionalDouble softCap) {
    /// @param hidden [tokens, width], normalised
    /// @return [tokens, vocabulary]
    public Tensor logits(Tensor hidden, Adapters adapters) {
        var logits = head.forward(hidden, adapters);
        if (softCap.isEmpty()) {
            return logits;
        }
        double cap = softCap.getAsDouble();
        return logits.times(1 / cap).tanh().times(cap);
    }
}
