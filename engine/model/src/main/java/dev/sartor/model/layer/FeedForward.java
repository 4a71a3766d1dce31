package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// What a block does to each token by itself.
public sealed interface FeedForward permits DenseFeedForward, MixtureOfExperts {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x, Adapters adapters);

    /// In the order of the computation.
    List<Linear> linears();

    /// Those it has besides linear layers.
    default long otherParameters() {
        return 0;
    }
}
