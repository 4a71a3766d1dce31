package dev.sartor.model.network;

import dev.sartor.model.Linear;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Optional;

/// One linear layer on the way forward and back, with or without low-rank matrices under training, its own weight frozen.
final class FusedLoraLinear {
    private final Linear linear;
    private final Optional<LoraLinear> adapted;
    private Optional<Tensor> inner = Optional.empty();

    /// @param adapted what an adapter has for it
    FusedLoraLinear(Linear linear, Optional<LoraLinear> adapted) {
        this.linear = linear;
        this.adapted = adapted;
    }

    /// x·Wᵀ + b + scale·(x·Aᵀ)·Bᵀ
    Tensor forward(Tensor x) {
        var y = linear.product(x);
        if (adapted.isEmpty()) {
            return y;
        }
        var layer = adapted.get();
        var low = x.matmul(layer.stackedA().transposed(0, 1));
        inner = Optional.of(low);
        int column = 0;
        for (int i = 0; i < layer.parts().size(); i++) {
            var part = layer.parts().get(i);
            Tensors.addMatmulInto(
                    y.slice(1, part.row(), part.out()),
                    low.slice(1, column, part.rank()),
                    layer.b(i).transposed(0, 1),
                    part.scale());
            column += part.rank();
        }
        return y;
    }

    /// Adds the gradients of the low-rank matrices.
    ///
    /// @param x as {@link #forward} had it
    /// @param gradient with respect to what it gave
    /// @return the gradient with respect to x
    Tensor backward(Tensor x, Tensor gradient) {
        if (adapted.isEmpty()) {
            return linear.weight().back(gradient);
        }
        var low = lowBackward(x, gradient);
        return linear.weight().back(gradient).addMatmul(low, adapted.get().stackedA());
    }

    /// Adds the gradients of the low-rank matrices, where nothing before x is trained.
    ///
    /// @return the gradient with respect to x·Aᵀ
    Tensor lowBackward(Tensor x, Tensor gradient) {
        var layer = adapted.orElseThrow();
        var low = inner.orElseThrow();
        var lowGradient = Tensors.empty(low.type(), low.shape());
        int column = 0;
        for (int i = 0; i < layer.parts().size(); i++) {
            var part = layer.parts().get(i);
            var flowing = gradient.slice(1, part.row(), part.out());
            Tensors.addMatmulInto(
                    Gradients.of(layer.b(i)),
                    flowing.transposed(0, 1),
                    low.slice(1, column, part.rank()),
                    part.scale());
            lowGradient
                    .slice(1, column, part.rank())
                    .copyFrom(flowing.matmul(layer.b(i)).multiply(part.scale()));
            column += part.rank();
        }
        Gradients.of(layer.stackedA()).addMatmul(lowGradient.transposed(0, 1), x);
        return lowGradient;
    }

    boolean isAdapted() {
        return adapted.isPresent();
    }
}
