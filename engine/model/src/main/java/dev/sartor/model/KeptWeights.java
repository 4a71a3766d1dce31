package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/// Weights as they are held in memory, kept from an earlier start, or to be kept for later ones. For the engine's thread.
public interface KeptWeights {
    /// What a kept tensor must be.
    record Form(DType type, List<Long> shape) {
        static Form of(DType type, Long... shape) {
            return new Form(type, List.of(shape));
        }
    }

    /// The tensors kept under a name, or those that `make` makes; they belong to the current scope.
    List<Tensor> tensors(String name, List<Form> forms, Supplier<List<Tensor>> make);

    /// Makes everything, and keeps nothing.
    static KeptWeights none() {
        return (_, _, make) -> make.get();
    }
}
