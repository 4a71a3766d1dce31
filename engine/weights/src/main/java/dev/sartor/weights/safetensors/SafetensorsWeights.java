package dev.sartor.weights.safetensors;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.Weights;
import java.util.List;

/// Weights from safetensors files.
public final class SafetensorsWeights implements Weights {
    private final Safetensors file;

    public SafetensorsWeights(Safetensors file) {
        this.file = file;
    }

    @Override
    public boolean has(String name) {
        return file.names().contains(name);
    }

    @Override
    public List<Long> shape(String name) {
        return file.place(name).shape();
    }

    /// Straight into the target where it has the stored type.
    @Override
    public void readInto(String name, Tensor target) {
        var place = file.place(name);
        var type = type(name, place.type());
        if (type == target.type()) {
            read(name, place, target);
            return;
        }
        try (var _ = TensorScope.open()) {
            var stored = Tensors.empty(type, target.shape());
            read(name, place, stored);
            target.copyFrom(stored);
        }
    }

    private void read(String name, SafetensorsHeader.Place place, Tensor target) {
        var memory = target.memory();
        if (memory.byteSize() != place.end() - place.begin()) {
            throw SartorException.defect(
                    "weight '" + name + "' " + place.shape() + " is read into another shape");
        }
        file.read(name, memory);
    }

    @Override
    public void close() {
        file.close();
    }

    private static DType type(String name, SafetensorsType type) {
        return switch (type) {
            case F32 -> DType.F32;
            case F16 -> DType.F16;
            case BF16 -> DType.BF16;
            case F64, F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL ->
                    throw SartorException.user(
                            "weight '"
                                    + name
                                    + "' must be F32, F16 or BF16, got "
                                    + type
                                    + ": convert the model to BF16");
        };
    }
}
