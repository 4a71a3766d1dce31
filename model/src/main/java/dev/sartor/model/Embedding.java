package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// A table of vectors, one for each token.
///
/// @param module the table's path in transformers' model, such as `model.embed_tokens`
/// @param table [vocabulary, width]
public record Embedding(String module, Tensor table) {
    /// @param ids int64 [tokens]
    /// @return [tokens, width]
    Tensor forward(Tensor ids, Adapters adapters) {
        return adapters.embedding(this, ids);
    }

    /// The table's own rows, without any adapter.
    Tensor rows(Tensor ids) {
        return Tensors.embedding(table, ids);
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
