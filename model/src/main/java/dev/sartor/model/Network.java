package dev.sartor.model;

import dev.sartor.tensor.DType;
import java.util.List;

/// A loaded model's computation. An adapter snaps onto its linear layers.
public interface Network extends AutoCloseable {
    ModelConfig config();

    /// What it computes in.
    DType type();

    /// Every linear layer but the head, in the order of the computation.
    List<Linear> linears();

    long parameters();

    /// Frees the weights.
    @Override
    void close();
}
