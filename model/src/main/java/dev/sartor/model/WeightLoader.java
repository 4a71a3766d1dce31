package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes a network's tensors from stored weights, in the type that it computes in, owned by the model's scope.
final class WeightLoader {
    private final Weights weights;
    private final DType type;
    private final TensorScope owner;

    WeightLoader(Weights weights, DType type, TensorScope owner) {
        this.weights = weights;
        this.type = type;
        this.owner = owner;
    }

    boolean has(String name) {
        return weights.has(name);
    }

    /// @param shape what the configuration says; stored otherwise it is refused
    Tensor tensor(String name, long... shape) {
        check(name, shape);
        var tensor = owner.adopt(Tensors.empty(type, shape));
        weights.readInto(name, tensor);
        return tensor;
    }

    /// A table of `entries` vectors, stored as the module's weight.
    Embedding table(String module, int entries, int width) {
        return new Embedding(module, tensor(module + ".weight", entries, width));
    }

    /// What a part's names begin with: a model with a head keeps the network under a name of its own, the bare network's
    /// file does not.
    ///
    /// @param part that every file of the family has
    String prefix(String network, String part) {
        return has(network + part) ? network : "";
    }

    /// Several layers over the same input as one matrix.
    Linear linear(int in, List<Linear.Part> parts) {
        var out = parts.stream().mapToInt(Linear.Part::out).sum();
        var matrix = owner.adopt(Tensors.empty(type, out, in));
        var bias =
                has(parts.getFirst().module() + ".bias")
                        ? Optional.of(owner.adopt(Tensors.empty(type, out)))
                        : Optional.<Tensor>empty();
        try (var _ = TensorScope.open()) {
            int row = 0;
            for (var part : parts) {
                check(part.module() + ".weight", part.out(), in);
                weights.readInto(part.module() + ".weight", matrix.slice(0, row, part.out()));
                if (bias.isPresent()) {
                    check(part.module() + ".bias", part.out());
                    weights.readInto(part.module() + ".bias", bias.get().slice(0, row, part.out()));
                }
                row += part.out();
            }
        }
        return new Linear(matrix, bias, in, parts);
    }

    Linear linear(String module, int in, int out) {
        return linear(in, List.of(new Linear.Part(module, out)));
    }

    private void check(String name, long... shape) {
        var stored = weights.shape(name);
        if (!stored.equals(Arrays.stream(shape).boxed().toList())) {
            throw SartorException.user(
                    "weight '"
                            + name
                            + "' must have the shape "
                            + Arrays.toString(shape)
                            + " that the model's configuration says, got "
                            + stored
                            + ": the configuration and the weights are of different models");
        }
    }
}
