package dev.sartor.generate.sample;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// The logits that a pass was asked for, one row of the vocabulary after another; copied out of native memory only where
/// somebody needs them all. For the engine's thread, while the pass's scope is open.
public final class RowLogits {
    private final Tensor logits;
    private final int vocabulary;
    private long[] largest = new long[0];
    private float[] values = new float[0];

    /// @param logits F32 [rows, vocabulary]
    public RowLogits(Tensor logits) {
        this.logits = logits;
        this.vocabulary = (int) logits.size(1);
    }

    public int vocabulary() {
        return vocabulary;
    }

    /// The likeliest token of a row.
    public int largest(int row) {
        if (largest.length == 0) {
            largest = logits.argmax(-1).toLongs();
        }
        return (int) largest[row];
    }

    /// All rows; row i begins at {@link #offset}.
    public float[] values() {
        if (values.length == 0) {
            values = logits.toFloats();
        }
        return values;
    }

    public int offset(int row) {
        return row * vocabulary;
    }

    /// Log-probabilities in nats.
    ///
    /// @param rows where each wanted token's distribution stands
    public float[] logProbabilities(int[] rows, int[] tokens) {
        var at = new long[rows.length];
        int first = rows[0];
        int last = rows[0];
        for (int row : rows) {
            first = Math.min(first, row);
            last = Math.max(last, row);
        }
        for (int i = 0; i < rows.length; i++) {
            at[i] = (long) (rows[i] - first) * vocabulary + tokens[i];
        }
        try (var _ = TensorScope.open()) {
            var logs = logits.slice(0, first, last - first + 1L).to(DType.F32).logSoftmax(-1);
            return logs.view(logs.count()).selected(0, Tensors.of(at, at.length)).toFloats();
        }
    }
}
