package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.Pass;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// A layer of an encoder: attention, then a feed-forward network, each added to its input.
public sealed interface EncoderBlock permits PostNormBlock, PreNormBlock {
    /// @param hidden [tokens, width]; the result has the same shape
    Tensor forward(Tensor hidden, int layer, Pass pass, Adapters adapters);

    List<Linear> linears();

    List<Norm> norms();
}
