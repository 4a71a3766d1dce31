package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.List;
import java.util.Optional;

/// One or several linear layers over the same input, held as one matrix [out, in] so that one product does for all.
///
/// @param parts the layers in the order of their rows; their outputs stand side by side
public record Linear(Tensor weight, Optional<Tensor> bias, List<Part> parts) {
    /// @param module the layer's path in transformers' model, such as `model.layers.0.self_attn.q_proj`
    public record Part(String module, int out) {}

    public Linear {
        parts = List.copyOf(parts);
    }

    public int in() {
        return (int) weight.size(1);
    }

    /// x·Wᵀ + b, and what the adapter adds to it. `x` [tokens, in]; the result is [tokens, out].
    Tensor forward(Tensor x, Optional<LoraAdapter> adapter) {
        var y = Tensors.linear(x, weight, bias);
        return adapter.isPresent() ? adapter.get().addTo(y, x, this) : y;
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
