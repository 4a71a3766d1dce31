package dev.sartor.tensor;

/// Plain numbers.
public record DenseTable(Tensor values) implements Table {
    @Override
    public long entries() {
        return values.size(0);
    }

    @Override
    public long width() {
        return values.size(1);
    }

    @Override
    public DType type() {
        return values.type();
    }

    @Override
    public Tensor rows(Tensor ids) {
        return Tensors.embedding(values, ids);
    }

    @Override
    public long bytes() {
        return values.count() * values.type().bytes();
    }
}
