package dev.sartor.model.layer;

import dev.sartor.model.Forward;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// Normalises what goes into attention and into the feed-forward network and what comes out of them (Ding et al. 2021;
/// Gemma 2, section 2).
public record SandwichBlock(
        Around attentionNorms,
        Attention attention,
        Around feedForwardNorms,
        FeedForward feedForward)
        implements DecoderBlock {
    /// The norms before and behind a layer.
    public record Around(Norm before, Norm behind) {}

    @Override
    public Tensor forward(Tensor hidden, int layer, Forward run) {
        var attended = attention.forward(attentionNorms.before().forward(hidden), layer, run);
        var first = hidden.plus(attentionNorms.behind().forward(attended));
        var fed = feedForward.forward(feedForwardNorms.before().forward(first), run.adapters());
        return first.plus(feedForwardNorms.behind().forward(fed));
    }

    @Override
    public List<Norm> norms() {
        return List.of(
                attentionNorms.before(),
                attentionNorms.behind(),
                feedForwardNorms.before(),
                feedForwardNorms.behind());
    }
}
