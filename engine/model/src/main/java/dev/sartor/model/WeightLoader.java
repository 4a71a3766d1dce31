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
import dev.sartor.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes a network's tensors from stored weights, in the type that it computes in, owned by the model's scope.
public final class WeightLoader {
    private final Weights weights;
    private final Precision precision;
    private final DType type;
    private final TensorScope owner;
    private final KeptWeights kept;
    private final boolean unpacks;
    private final OwnTensors own;

    public WeightLoader(Weights weights, Precision precision, TensorScope owner) {
        this(weights, precision, owner, KeptWeights.none());
    }

    /// @param kept where what takes long to make is found
    public WeightLoader(Weights weights, Precision precision, TensorScope owner, KeptWeights kept) {
        this.weights = weights;
        this.kept = kept;
        this.precision = precision;
        this.type = precision.computes();
        this.unpacks = false;
        this.owner = owner;
        this.own = new OwnTensors(owner);
    }

    /// For a network that an adapter is trained on: quantised weights are unpacked for each product.
    ///
    /// @param type what the network computes in
    public WeightLoader(Weights weights, Precision precision, DType type, TensorScope owner) {
        this.weights = weights;
        this.kept = KeptWeights.none();
        this.precision = precision;
        this.type = type;
        this.unpacks = true;
        this.owner = owner;
        this.own = new OwnTensors(owner);
    }

    public DType type() {
        return type;
    }

    /// Owns what is loaded.
    public TensorScope owner() {
        return owner;
    }

    /// What was loaded so far.
    public OwnTensors own() {
        return own;
    }

    public boolean has(String name) {
        return weights.has(name);
    }

    /// @param shape what the configuration says; stored otherwise it is refused
    public Tensor tensor(String name, long... shape) {
        check(name, shape);
        var tensor = own.leaf(name, Tensors.empty(type, shape));
        weights.readInto(name, tensor);
        return tensor;
    }

    /// A table of `entries` vectors, stored as the module's weight.
    public Embedding table(String module, int entries, int width) {
        var name = module + ".weight";
        return new Embedding(
                module,
                switch (precision) {
                    case F32, BF16 -> {
                        check(name, entries, width);
                        yield Table.dense(
                                own.leaf(name, dense(name, entries, width, () -> read(name))));
                    }
                    case INT8, INT4 -> {
                        var rows = int8(name, entries, width, () -> Int8Rows.of(read(name)));
                        owner.adopt(rows.values());
                        owner.adopt(rows.scales());
                        yield rows.giving(type);
                    }
                });
    }

    /// What a part's names begin with: a model with a head keeps the network under a name of its own, the bare network's
    /// file does not.
    ///
    /// @param part that every file of the family has
    public String prefix(String network, String part) {
        return has(network + part) ? network : "";
    }

    /// A head whose matrix is the embedding's table.
    public Linear tied(String module, Embedding embedding, Optional<Tensor> bias) {
        if (embedding.table() instanceof DenseTable(var values)) {
            return Linear.of(module, Matrix.dense(values), bias);
        }
        if (unpacks && embedding.table() instanceof Int8Rows rows) {
            return Linear.of(module, Matrix.packed8(rows), bias);
        }
        var table = embedding.table();
        var name = embedding.module() + ".weight";
        return Linear.of(
                module,
                turned(name + " turned", table.entries(), table.width(), () -> read(name)),
                bias);
    }

    /// The whole weight, in the current scope.
    private Tensor read(String name) {
        var shape = weights.shape(name).stream().mapToLong(Long::longValue).toArray();
        var tensor = Tensors.empty(read(), shape);
        weights.readInto(name, tensor);
        return tensor;
    }

    /// The type that weights are read in: rounding begins with exact ones.
    private DType read() {
        return precision.isQuantised() ? DType.F32 : type;
    }

    /// Several layers over the same input as one matrix.
    public Linear linear(int in, List<Linear.Part> parts) {
        int out = parts.stream().mapToInt(Linear.Part::out).sum();
        parts.forEach(part -> check(part.module() + ".weight", part.out(), in));
        var name = parts.stream().map(Linear.Part::module).collect(Collectors.joining(","));
        return new Linear(held(name, out, in, parts), bias(out, parts), in, parts);
    }

    private Optional<Tensor> bias(int out, List<Linear.Part> parts) {
        if (!has(parts.getFirst().module() + ".bias")) {
            return Optional.empty();
        }
        var bias = own.leaf(Tensors.empty(type, out));
        try (var _ = TensorScope.open()) {
            int row = 0;
            for (var part : parts) {
                check(part.module() + ".bias", part.out());
                weights.readInto(part.module() + ".bias", bias.slice(0, row, part.out()));
                own.name(part.module() + ".bias", bias, row, part.out());
                row += part.out();
            }
        }
        return Optional.of(bias);
    }

    /// In the current scope.
    private Tensor joined(int out, int in, List<Linear.Part> parts) {
        var matrix = Tensors.empty(read(), out, in);
        try (var _ = TensorScope.open()) {
            int row = 0;
            for (var part : parts) {
                weights.readInto(part.module() + ".weight", matrix.slice(0, row, part.out()));
                row += part.out();
            }
        }
        return matrix;
    }

    /// The matrix as the precision says, owned by the model.
    private Matrix held(String name, long out, long in, List<Linear.Part> parts) {
        Supplier<Tensor> made = () -> joined((int) out, (int) in, parts);
        return switch (precision) {
            case F32, BF16 -> Matrix.dense(named(dense(name, out, in, made), parts));
            case INT8 -> unpacks ? packed(made, Matrix::packed8) : turned(name, out, in, made);
            case INT4 -> unpacks ? packed(made, Matrix::packed4) : int4(name, out, in, made);
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

    private Matrix packed(Supplier<Tensor> made, BiFunction<Tensor, DType, Matrix> pack) {
        try (var _ = TensorScope.open()) {
            return owner.adopt(pack.apply(made.get(), type));
        }
    }

    private Tensor dense(String name, long rows, long columns, Supplier<Tensor> made) {
        try (var _ = TensorScope.open()) {
            var form = KeptWeights.Form.of(type, rows, columns);
            return owner.adopt(
                    kept.tensors(name, List.of(form), () -> List.of(made.get())).getFirst());
        }
    }

    private Matrix turned(String name, long out, long in, Supplier<Tensor> made) {
        try (var _ = TensorScope.open()) {
            return owner.adopt(
                    Matrix.int8(int8(name, out, in, () -> Int8Rows.hadamard(made.get()))));
        }
    }

    private Matrix int4(String name, long out, long in, Supplier<Tensor> made) {
        try (var _ = TensorScope.open()) {
            var form = KeptWeights.Form.of(DType.U8, Matrix.int4Bytes(out, in));
            var blocks =
                    kept.tensors(name, List.of(form), () -> List.of(Matrix.int4Blocks(made.get())));
            return owner.adopt(Matrix.int4(blocks.getFirst(), out, in));
        }
    }

    /// In the current scope; what it is made of is freed at once.
    private Int8Rows int8(String name, long rows, long columns, Supplier<Int8Rows> made) {
        var tensors =
                kept.tensors(
                        name,
                        List.of(
                                KeptWeights.Form.of(DType.I8, rows, columns),
                                KeptWeights.Form.of(DType.F32, rows)),
                        () -> {
                            try (var scope = TensorScope.open()) {
                                var rounded = made.get();
                                return List.of(
                                        scope.keep(rounded.values()), scope.keep(rounded.scales()));
                            }
                        });
        return new Int8Rows(tensors.getFirst(), tensors.getLast(), DType.F32);
    }

    public Linear linear(String module, int in, int out) {
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
