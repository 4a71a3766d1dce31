package dev.sartor.weights;

import dev.sartor.tensor.Tensor;
import java.util.List;

/// A model's weights by the names that transformers gives them, wherever they are stored. For the engine's thread.
public interface Weights extends AutoCloseable {
    boolean has(String name);

    /// The outermost dimension first.
    List<Long> shape(String name);

    /// Decodes a tensor into `target`, which is contiguous and of the same number of elements, F32 or BF16.
    void readInto(String name, Tensor target);

    @Override
    void close();
}
