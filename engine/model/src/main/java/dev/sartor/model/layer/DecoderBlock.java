package dev.sartor.model.layer;

import dev.sartor.model.Forward;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/// Attention and a feed-forward network, each added to what comes in. The kinds differ in where they normalise.
public sealed interface DecoderBlock permits PreNormDecoderBlock, SandwichBlock, ParallelBlock {
    /// @param hidden [tokens, width]; the result has the same shape
    Tensor forward(Tensor hidden, int layer, Forward run);

    Attention attention();

    FeedForward feedForward();

    List<Norm> norms();

    /// In the order of the computation.
    default List<Linear> linears() {
        return Stream.concat(attention().linears().stream(), feedForward().linears().stream())
                .toList();
    }

    /// Those it has besides linear layers.
    default long otherParameters() {
        return norms().stream().mapToLong(Norm::parameters).sum()
                + attention().otherParameters()
                + feedForward().otherParameters();
    }
}
