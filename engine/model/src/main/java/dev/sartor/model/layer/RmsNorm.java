package dev.sartor.model.layer;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// Root-mean-square normalisation with a learned scale (Zhang & Sennrich 2019).
public record RmsNorm(Tensor weight, double epsilon) implements Norm {
    @Override
    public Tensor forward(Tensor x) {
        return Tensors.rmsNorm(x, weight, epsilon);
    }

    @Override
    public long parameters() {
        return weight.count();
    }
}
