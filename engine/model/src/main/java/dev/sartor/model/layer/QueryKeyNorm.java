package dev.sartor.model.layer;

import dev.sartor.model.HeadShape;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// Normalises every head's query and key before they are turned (Henry et al. 2020; Qwen3, Gemma 3).
public record QueryKeyNorm(Norm query, Norm key) {
    /// @param x [tokens, heads + groups, head width]: queries, then keys; the result has the same shape
    Tensor forward(Tensor x, HeadShape shape) {
        return Tensors.concat(
                1,
                query.forward(x.slice(1, 0, shape.heads())),
                key.forward(x.slice(1, shape.heads(), shape.groups())));
    }
}
