package dev.sartor.weights;

import java.util.List;
import java.util.OptionalLong;

/// Sizes of tensors, without overflow.
public final class Shapes {
    private Shapes() {}

    /// Empty when a dimension is negative or the size does not fit a long.
    public static OptionalLong bytes(List<Long> shape, long elementBytes) {
        long bytes = elementBytes;
        boolean empty = shape.contains(0L);
        for (long dimension : shape) {
            if (dimension < 0 || (!empty && dimension > 0 && bytes > Long.MAX_VALUE / dimension)) {
                return OptionalLong.empty();
            }
            bytes = empty ? 0 : bytes * dimension;
        }
        return OptionalLong.of(bytes);
    }
}
