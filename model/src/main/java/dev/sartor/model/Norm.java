package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// What brings states to one scale before or after a layer.
interface Norm {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x);

    long parameters();
}
