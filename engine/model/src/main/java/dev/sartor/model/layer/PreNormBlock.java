package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.Pass;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Normalises what goes into each part (Raffel et al. 2019, section 2.1; Warner et al. 2024).
///
/// @param attentionNorm empty where the embeddings were normalised just before
public record PreNormBlock(
        Optional<Norm> attentionNorm,
        SelfAttention attention,
        Norm feedForwardNorm,
        FeedForward feedForward)
        implements EncoderBlock {
    @Override
    public Tensor forward(Tensor hidden, int layer, Pass pass, Adapters adapters) {
        var scaled = attentionNorm.isPresent() ? attentionNorm.get().forward(hidden) : hidden;
        var attended = attention.forward(scaled, layer, pass, adapters).add(hidden);
        return feedForward.forward(feedForwardNorm.forward(attended), adapters).add(attended);
    }

    @Override
    public List<Linear> linears() {
        return Stream.concat(attention.linears().stream(), feedForward.linears().stream()).toList();
    }

    @Override
    public List<Norm> norms() {
        return Stream.concat(attentionNorm.stream(), Stream.of(feedForwardNorm)).toList();
    }
}
