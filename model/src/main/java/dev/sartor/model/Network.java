package dev.sartor.model;

import dev.sartor.tensor.DType;
import java.util.List;

/// A loaded model's computation. What says how large it is may be asked from any thread. An adapter snaps onto its linear layers.
public sealed interface Network extends AutoCloseable permits Decoder, Encoder, EncoderDecoder {
    ModelConfig config();

    /// What it computes in.
    DType type();

    /// Every linear layer but the head, in the order of the computation.
    List<Linear> linears();

    /// The layers that turn states into logits.
    List<Linear> heads();

    /// Every table that tokens are looked up in.
    List<Embedding> embeddings();

    long parameters();

    /// Frees the weights.
    @Override
    void close();
}
