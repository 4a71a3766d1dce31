package dev.sartor.model.layer;

import dev.sartor.model.Forward;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// Attention and the feed-forward network side by side, over the same input (Wang & Komatsuzaki 2021; Black et al. 2022,
/// section 2.1).
public record ParallelBlock(
        Norm attentionNorm, Attention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderBlock {
    @Override
    public Tensor forward(Tensor hidden, int layer, Forward run) {
        var attended = attention.forward(attentionNorm.forward(hidden), layer, run);
        var fed = feedForward.forward(feedForwardNorm.forward(hidden), run.adapters());
        return fed.plus(attended).plus(hidden);
    }

    @Override
    public List<Norm> norms() {
        return List.of(attentionNorm, feedForwardNorm);
    }
}
