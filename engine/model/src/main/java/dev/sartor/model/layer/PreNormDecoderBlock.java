package dev.sartor.model.layer;

import dev.sartor.model.Forward;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// Normalises what goes into attention and into the feed-forward network (Radford et al. 2019, section 2.3; Touvron et al.
/// 2023, section 2.2).
public record PreNormDecoderBlock(
        Norm attentionNorm, Attention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderBlock {
    @Override
    public Tensor forward(Tensor hidden, int layer, Forward run) {
        var attended = hidden.plus(attention.forward(attentionNorm.forward(hidden), layer, run));
        return attended.plus(
                feedForward.forward(feedForwardNorm.forward(attended), run.adapters()));
    }

    @Override
    public List<Norm> norms() {
        return List.of(attentionNorm, feedForwardNorm);
    }
}
