package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.DenseTable;
import dev.sartor.tensor.Int8Rows;
import dev.sartor.tensor.Matrix;
import dev.sartor.tensor.Table;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes a network's tensors from stored weights, in the type that it computes in, owned by the model's scope.
final class WeightLoader {
    private final Weights weights;
    private final Precision precision;
    private final DType type;
    private final boolean unpacks;
    private final TensorScope owner;
    private final OwnTensors own;

    WeightLoader(Weights weights, Precision precision, TensorScope owner) {
        this(weights, precision, precision.computes(), false, owner);
    }

    /// @param type what the network computes in
    /// @param unpacks whether quantised weights are unpacked for each product, so that an adapter can be trained on them
    WeightLoader(
            Weights weights, Precision precision, DType type, boolean unpacks, TensorScope owner) {
        this.unpacks = unpacks;
        this.weights = weights;
        this.precision = precision;
        this.type = type;
        this.owner = owner;
        this.own = new OwnTensors(owner);
    }

    DType type() {
        return type;
    }

    /// Owns what is loaded.
    TensorScope owner() {
        return owner;
    }

    /// What was loaded so far.
    OwnTensors own() {
        return own;
    }

    boolean has(String name) {
        return weights.has(name);
    }

    /// @param shape what the configuration says; stored otherwise it is refused
    Tensor tensor(String name, long... shape) {
        check(name, shape);
        var tensor = own.leaf(name, Tensors.empty(type, shape));
        weights.readInto(name, tensor);
        return tensor;
    }

    /// A table of `entries` vectors, stored as the module's weight.
    Embedding table(String module, int entries, int width) {
        return new Embedding(
                module,
                switch (precision) {
                    case F32, BF16 -> Table.dense(tensor(module + ".weight", entries, width));
                    case INT8, INT4 -> {
                        try (var _ = TensorScope.open()) {
                            yield Table.int8(read(module + ".weight", entries, width), type, owner);
                        }
                    }
                });
    }

    /// What a part's names begin with: a model with a head keeps the network under a name of its own, the bare network's
    /// file does not.
    ///
    /// @param part that every file of the family has
    String prefix(String network, String part) {
        return has(network + part) ? network : "";
    }

    /// A head whose matrix is the embedding's table.
    Linear tied(String module, Embedding embedding, Optional<Tensor> bias) {
        if (embedding.table() instanceof DenseTable(var values)) {
            return Linear.of(module, Matrix.dense(values), bias);
        }
        if (unpacks && embedding.table() instanceof Int8Rows rows) {
            return Linear.of(module, Matrix.packed8(rows), bias);
        }
        try (var _ = TensorScope.open()) {
            var table = embedding.table();
            var values = read(embedding.module() + ".weight", table.entries(), table.width());
            return Linear.of(module, owner.adopt(Matrix.int8(values)), bias);
        }
    }

    private Tensor read(String name, long... shape) {
        check(name, shape);
        var tensor = Tensors.empty(DType.F32, shape);
        weights.readInto(name, tensor);
        return tensor;
    }

    /// Several layers over the same input as one matrix.
    Linear linear(int in, List<Linear.Part> parts) {
        try (var _ = TensorScope.open()) {
            var out = parts.stream().mapToInt(Linear.Part::out).sum();
            var matrix = Tensors.empty(precision.isQuantised() ? DType.F32 : type, out, in);
            var bias =
                    has(parts.getFirst().module() + ".bias")
                            ? Optional.of(own.leaf(Tensors.empty(type, out)))
                            : Optional.<Tensor>empty();
            int row = 0;
            for (var part : parts) {
                check(part.module() + ".weight", part.out(), in);
                weights.readInto(part.module() + ".weight", matrix.slice(0, row, part.out()));
                if (bias.isPresent()) {
                    check(part.module() + ".bias", part.out());
                    weights.readInto(part.module() + ".bias", bias.get().slice(0, row, part.out()));
                    own.name(part.module() + ".bias", bias.get(), row, part.out());
                }
                row += part.out();
            }
            return new Linear(held(matrix, parts), bias, in, parts);
        }
    }

    /// The matrix as the precision says, owned by the model.
    private Matrix held(Tensor weight, List<Linear.Part> parts) {
        return switch (precision) {
            case F32, BF16 -> Matrix.dense(named(weight, parts));
            case INT8 -> owner.adopt(unpacks ? Matrix.packed8(weight, type) : Matrix.int8(weight));
            case INT4 -> owner.adopt(unpacks ? Matrix.packed4(weight) : Matrix.int4(weight));
        };
    }

    private Tensor named(Tensor matrix, List<Linear.Part> parts) {
        own.leaf(matrix);
        int row = 0;
        for (var part : parts) {
            own.name(part.module() + ".weight", matrix, row, part.out());
            row += part.out();
        }
        return matrix;
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
