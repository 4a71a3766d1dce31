package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import java.util.List;

/// What a block does to each token by itself.
sealed interface FeedForward permits DenseFeedForward, MixtureOfExperts {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x, Adapters adapters);

    /// In the order of the computation.
    List<Linear> linears();

    /// Those it has besides linear layers.
    default long otherParameters() {
        return 0;
    }
}
