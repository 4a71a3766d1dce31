package dev.sartor.model;

import java.util.Locale;

/// How many bits the weights of linear layers take in memory. Embeddings, norms and the head stay in bf16.
public enum WeightPrecision {
    BF16(2),
    /// One scale for each row.
    INT8(1),
    /// A scale and a zero point in bf16 for each group of 32.
    INT4(0.5 + 4.0 / 32);

    private final double bytes;

    WeightPrecision(double bytes) {
        this.bytes = bytes;
    }

    /// Of the model's weights, in bytes.
    long of(ModelShape shape) {
        long linear = shape.linearWeights();
        return Math.round(linear * bytes) + 2 * (shape.parameters() - linear);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
