package dev.sartor.model.family;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import java.util.List;

/// Gemma's weights as its safetensors hold them: norms scale by 1 + w, so that 1 is added as they are read.
record GemmaWeights(Weights stored) implements Weights {
    @Override
    public boolean has(String name) {
        return stored.has(name);
    }

    @Override
    public List<Long> shape(String name) {
        return stored.shape(name);
    }

    private static boolean isShifted(String name) {
        return name.endsWith("norm.weight");
    }

    /// A parameter as a safetensors file holds it.
    static Tensor stored(String name, Tensor own) {
        return isShifted(name) ? own.plus(-1) : own;
    }

    @Override
    public void readInto(String name, Tensor target) {
        stored.readInto(name, target);
        if (isShifted(name)) {
            try (var _ = TensorScope.open()) {
                target.copyFrom(target.plus(1));
            }
        }
    }

    @Override
    public void close() {
        stored.close();
    }
}
