package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.List;

/// Weights from safetensors files.
final class SafetensorsWeights implements Weights {
    private final Safetensors file;

    SafetensorsWeights(Safetensors file) {
        this.file = file;
    }

    @Override
    public boolean has(String name) {
        return file.names().contains(name);
    }

    @Override
    public List<Long> shape(String name) {
        return file.tensor(name).shape();
    }

    @Override
    public void readInto(String name, Tensor target) {
        var entry = file.tensor(name);
        try (var _ = TensorScope.open()) {
            target.copyFrom(
                    Tensors.copyOf(entry.bytes(), type(name, entry.type()), target.shape()));
        }
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
