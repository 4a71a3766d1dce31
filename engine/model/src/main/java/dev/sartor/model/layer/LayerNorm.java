package dev.sartor.model.layer;

import dev.sartor.model.WeightLoader;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Optional;

/// Layer normalisation with a learned scale and, in most models, a learned shift (Ba et al. 2016).
public record LayerNorm(Tensor weight, Optional<Tensor> bias, double epsilon) implements Norm {
    public static LayerNorm of(WeightLoader weights, String module, int width, double epsilon) {
        return new LayerNorm(
                weights.tensor(module + ".weight", width),
                weights.has(module + ".bias")
                        ? Optional.of(weights.tensor(module + ".bias", width))
                        : Optional.empty(),
                epsilon);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Tensors.layerNorm(x, weight, bias, epsilon);
    }

    @Override
    public long parameters() {
        return weight.count() + bias.map(Tensor::count).orElse(0L);
    }
}
