package dev.sartor.tensor;

import java.util.Optional;

/// Plain numbers; the only kind that has a gradient of its own.
record DenseMatrix(Tensor dense) implements Matrix {
    @Override
    public long out() {
        return dense.size(0);
    }

    @Override
    public long in() {
        return dense.size(1);
    }

    @Override
    public Tensor product(Tensor x, Optional<Tensor> bias) {
        return Tensors.linear(x, dense, bias);
    }

    @Override
    public boolean shares(Table table) {
        return table instanceof DenseTable(var values) && values == dense;
    }

    @Override
    public boolean isFollowed() {
        return Gradients.requiresGrad(dense);
    }

    @Override
    public DType type() {
        return dense.type();
    }

    @Override
    public long bytes() {
        return dense.count() * dense.type().bytes();
    }

    @Override
    public void close() {
        dense.free();
    }
}
