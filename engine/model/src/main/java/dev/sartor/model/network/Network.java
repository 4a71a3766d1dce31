package dev.sartor.model.network;

import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.OwnTensors;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import java.util.List;

/// A loaded model's computation. What says how large it is may be asked from any thread. An adapter snaps onto its linear layers.
public sealed interface Network extends AutoCloseable permits Decoder, Encoder, EncoderDecoder {
    ModelConfig config();

    /// What its parts are called.
    NetworkNames names();

    /// What it computes in.
    DType type();

    /// Every linear layer but the head, in the order of the computation.
    List<Linear> linears();

    /// The layers that turn states into logits.
    List<Linear> heads();

    /// Every table that tokens are looked up in.
    List<Embedding> embeddings();

    long parameters();

    /// Its own parameters, as far as they are held as plain tensors.
    OwnTensors own();

    /// What linear layers, heads and tables take in memory as they are held; norms and biases are not counted.
    default long weightBytes() {
        return Engine.call(() -> {
            long tables = embeddings().stream().mapToLong(each -> each.table().bytes()).sum();
            long heads =
                    heads().stream()
                            .filter(head ->
                                    embeddings().stream().noneMatch(each -> each.isWeightOf(head)))
                            .mapToLong(head -> head.weight().bytes())
                            .sum();
            return tables
                    + heads
                    + linears().stream().mapToLong(each -> each.weight().bytes()).sum();
        });
    }

    /// Frees the weights.
    @Override
    void close();
}
