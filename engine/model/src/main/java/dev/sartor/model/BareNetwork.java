package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// No adapter.
public enum BareNetwork implements Adapters {
    INSTANCE;

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        return linear.product(x);
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        return embedding.rows(ids);
    }
}
