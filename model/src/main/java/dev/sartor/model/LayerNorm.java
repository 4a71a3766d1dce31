package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// Layer normalisation with a learned scale and shift (Ba et al. 2016).
record LayerNorm(Tensor weight, Tensor bias, double epsilon) {
    static LayerNorm of(WeightLoader weights, String module, int width, double epsilon) {
        return new LayerNorm(
                weights.tensor(module + ".weight", width),
                weights.tensor(module + ".bias", width),
                epsilon);
    }

    Tensor forward(Tensor x) {
        return Tensors.layerNorm(x, weight, bias, epsilon);
    }
}
