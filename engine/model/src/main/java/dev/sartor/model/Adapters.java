package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// What is snapped onto a network during one pass: the same adapter for every row ({@link LoraAdapter}), one for each
/// token ({@link AdapterPool#rows}), or none. For the engine's thread.
public interface Adapters {
    /// x·Wᵀ + b, adapted.
    ///
    /// @param x [tokens, in]
    /// @return [tokens, out]
    Tensor linear(Linear linear, Tensor x);

    /// The table's rows at the ids, adapted.
    ///
    /// @param ids int64 [tokens]
    /// @return [tokens, width]
    Tensor embedding(Embedding embedding, Tensor ids);

    /// The same for some of the pass's tokens, in this order: an expert sees only those that were sent to it.
    default Adapters at(int[] tokens) {
        return this;
    }

    /// The network as it is.
    static Adapters none() {
        return BareNetwork.INSTANCE;
    }
}
