package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.Pass;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/// Normalises each sum (Vaswani et al. 2017; Devlin et al. 2018).
public record PostNormBlock(
        SelfAttention attention, Norm attentionNorm, FeedForward feedForward, Norm feedForwardNorm)
        implements EncoderBlock {
    @Override
    public Tensor forward(Tensor hidden, int layer, Pass pass, Adapters adapters) {
        var attended = attention.forward(hidden, layer, pass, adapters).add(hidden);
        var first = attentionNorm.forward(attended);
        return feedForwardNorm.forward(feedForward.forward(first, adapters).add(first));
    }

    @Override
    public List<Linear> linears() {
        return Stream.concat(attention.linears().stream(), feedForward.linears().stream()).toList();
    }

    @Override
    public List<Norm> norms() {
        return List.of(attentionNorm, feedForwardNorm);
    }
}
