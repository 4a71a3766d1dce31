package dev.sartor.model;

import dev.sartor.tensor.Matrix;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// One or several linear layers over the same input, held as one matrix [out, in] so that one product does for all.
///
/// @param weight as it is held: plain, or quantised
/// @param in the width of the input
/// @param parts the layers in the order of their rows; their outputs stand side by side
public record Linear(Matrix weight, Optional<Tensor> bias, int in, List<Part> parts) {
    /// @param module the layer's path in transformers' model, such as `model.layers.0.self_attn.q_proj`
    public record Part(String module, int out) {}

    public Linear {
        parts = List.copyOf(parts);
    }

    /// One layer whose matrix is there already, such as a head that is the embedding's table.
    public static Linear of(String module, Matrix weight, Optional<Tensor> bias) {
        var part = new Part(module, (int) weight.out());
        return new Linear(weight, bias, (int) weight.in(), List.of(part));
    }

    /// x·Wᵀ + b, and what the adapters add to it. `x` [tokens, in]; the result is [tokens, out].
    public Tensor forward(Tensor x, Adapters adapters) {
        return adapters.linear(this, x);
    }

    /// x·Wᵀ + b, without any adapter.
    public Tensor product(Tensor x) {
        return weight.product(x, bias);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
