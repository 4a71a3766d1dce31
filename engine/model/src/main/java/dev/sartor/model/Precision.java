package dev.sartor.model;

import dev.sartor.tensor.DType;
import java.util.Locale;

/// How a network's weights are held, and what it computes in. Norms, biases and other vectors are never rounded to
/// integers.
public enum Precision {
    /// Four bytes a weight: exact, for comparisons with a reference.
    F32(DType.F32, Float.BYTES),
    /// Two bytes a weight: for training, and for encoders.
    BF16(DType.BF16, 2),
    /// One byte a weight with a scale for each row, multiplied as integers: the fastest for several rows.
    INT8(DType.F32, 1),
    /// Five bits a weight, those of GGUF's Q4_1; embeddings and a head that is one of them take one byte. The fastest for one
    /// row, where reading the weights is what takes the time.
    INT4(DType.F32, 0.5 + 4.0 / 32);

    private final DType computes;
    private final double bytes;

    Precision(DType computes, double bytes) {
        this.computes = computes;
        this.bytes = bytes;
    }

    /// Of a weight: in 4 bits with the step and the least value in float16 of each group of 32, in 8 bits without the scale
    /// of each row.
    public double bytes() {
        return bytes;
    }

    /// As it is written in a project file: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether weights are rounded to whole numbers, which decoders alone can be held in.
    public boolean isQuantised() {
        return switch (this) {
            case F32, BF16 -> false;
            case INT8, INT4 -> true;
        };
    }

    /// The type of hidden states.
    public DType computes() {
        return computes;
    }

    /// The type that keys and values are kept in.
    public DType keeps() {
        return this == F32 ? DType.F32 : DType.BF16;
    }

    public static Precision of(DType type) {
        return switch (type) {
            case F32 -> F32;
            case BF16 -> BF16;
            case F16, F64, I64, I32, I8, U8, BOOL ->
                    throw new IllegalArgumentException("no network computes in " + type);
        };
    }
}
