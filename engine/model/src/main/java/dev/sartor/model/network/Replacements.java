package dev.sartor.model.network;

import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Matrix;
import dev.sartor.tensor.Table;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A network's layers and tables with parameters that an adapter holds in place of their own. Where a layer is one part
/// of a matrix, the whole matrix is copied; elsewhere the adapter's own tensor stands in the layer.
final class Replacements {
    private final Map<Linear, Linear> linears = new LinkedHashMap<>();
    private final Map<Embedding, Embedding> tables = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();
    private final TensorScope owner;

    private record Copy(Tensor target, Tensor source) {}

    /// What replaces one linear's parameters, by part.
    private record Parts(Map<Integer, Tensor> weights, Map<Integer, Tensor> biases) {
        Parts() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    /// @param pieces the adapter's tensors by their keys
    /// @param owner of what is copied
    Replacements(List<LoraLayout.Whole> wholes, Map<String, Tensor> pieces, TensorScope owner) {
        this.owner = owner;
        var byLinear = new LinkedHashMap<Linear, Parts>();
        for (var whole : wholes) {
            var tensor = Optional.ofNullable(pieces.get(whole.key())).orElseThrow();
            switch (whole.place()) {
                case ParameterPlace.Weight(var linear, var part) ->
                        byLinear.computeIfAbsent(linear, _ -> new Parts())
                                .weights()
                                .put(part, tensor);
                case ParameterPlace.Bias(var linear, var part) ->
                        byLinear.computeIfAbsent(linear, _ -> new Parts())
                                .biases()
                                .put(part, tensor);
                case ParameterPlace.Table(var table) ->
                        tables.put(table, new Embedding(table.module(), Table.dense(tensor)));
            }
        }
        byLinear.forEach((linear, parts) -> linears.put(linear, replaced(linear, parts)));
    }

    private Linear replaced(Linear linear, Parts parts) {
        return new Linear(
                parts.weights().isEmpty()
                        ? linear.weight()
                        : Matrix.dense(replaced(linear, linear.weight().dense(), parts.weights())),
                linear.bias().map(bias -> replaced(linear, bias, parts.biases())),
                linear.in(),
                linear.parts());
    }

    private Tensor replaced(Linear linear, Tensor whole, Map<Integer, Tensor> parts) {
        if (parts.isEmpty()) {
            return whole;
        }
        if (linear.parts().size() == 1) {
            return parts.values().iterator().next();
        }
        var copy = owner.adopt(whole.copy());
        parts.forEach((part, source) -> {
            var target = owner.adopt(ParameterPlace.rows(copy, linear, part));
            copies.add(new Copy(target, source));
        });
        return copy;
    }

    /// Takes the adapter's values over into what was copied.
    void refresh() {
        copies.forEach(copy -> copy.target().copyFrom(copy.source()));
    }

    /// Whether something was copied, so that it cannot be trained.
    boolean copies() {
        return !copies.isEmpty();
    }

    Set<Linear> linears() {
        return linears.keySet();
    }

    Linear of(Linear linear) {
        return linears.getOrDefault(linear, linear);
    }

    Embedding of(Embedding table) {
        return tables.getOrDefault(table, table);
    }

    boolean replace(Embedding table) {
        return tables.containsKey(table);
    }
}
