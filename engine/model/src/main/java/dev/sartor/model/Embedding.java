package dev.sartor.model;

import dev.sartor.tensor.DenseTable;
import dev.sartor.tensor.Table;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.stream.IntStream;

/// A table of vectors, one for each token.
///
/// @param module the table's path in transformers' model, such as `model.embed_tokens`
/// @param table [vocabulary, width]
public record Embedding(String module, Table table) {
    /// @param ids int64 [tokens]
    /// @return [tokens, width]
    public Tensor forward(Tensor ids, Adapters adapters) {
        return adapters.embedding(this, ids);
    }

    /// The table's own rows, without any adapter.
    public Tensor rows(Tensor ids) {
        return table.rows(ids);
    }

    /// The table itself, or what it was rounded to: [vocabulary, width].
    public Tensor values() {
        return table instanceof DenseTable(var values)
                ? values
                : table.rows(Tensors.indices(IntStream.range(0, (int) table.entries()).toArray()));
    }

    /// Whether the layer's matrix is this very table.
    public boolean isWeightOf(Linear layer) {
        return layer.weight().shares(table);
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
