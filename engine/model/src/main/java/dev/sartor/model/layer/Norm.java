package dev.sartor.model.layer;

import dev.sartor.tensor.Tensor;

/// What brings states to one scale before or after a layer.
public interface Norm {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x);

    long parameters();
}
