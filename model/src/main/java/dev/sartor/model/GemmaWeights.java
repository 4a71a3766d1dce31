package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
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

    @Override
    public void readInto(String name, Tensor target) {
        stored.readInto(name, target);
        if (name.endsWith("norm.weight")) {
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
