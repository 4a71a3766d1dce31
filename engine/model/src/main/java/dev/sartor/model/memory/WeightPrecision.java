package dev.sartor.model.memory;

import dev.sartor.model.Precision;
import java.util.Locale;

/// How many bytes weights take in memory. Where they are rounded to whole numbers, tables take a byte a number, and so does a
/// head that is the table of tokens, which is then held a second time, turned; norms and biases take four.
public enum WeightPrecision {
    BF16(Precision.BF16),
    INT8(Precision.INT8),
    INT4(Precision.INT4);

    private final double bytes;

    WeightPrecision(Precision held) {
        this.bytes = held.bytes();
    }

    /// Of the model's weights, in bytes.
    long of(ModelShape shape) {
        if (this == BF16) {
            return 2 * shape.parameters();
        }
        long linear = shape.linearWeights();
        long rest = shape.parameters() - linear - shape.embeddings() - shape.head();
        boolean tied = shape.decodes() && shape.head() == 0;
        long head = tied ? shape.embeddings() : Math.round(shape.head() * bytes);
        return Math.round(linear * bytes) + shape.embeddings() + head + rest * Float.BYTES;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
