package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.layer.FeedForward;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.SelfAttention;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/// A layer of an encoder-decoder's second half: attention over what was said, attention over what was read, then a
/// feed-forward network, each normalised before (Raffel et al. 2019, section 2.1).
public record DecodingBlock(
        Norm attentionNorm,
        SelfAttention attention,
        Norm crossNorm,
        CrossAttention cross,
        Norm feedForwardNorm,
        FeedForward feedForward) {
    /// @param hidden [tokens, width]; the result has the same shape
    Tensor forward(Tensor hidden, int layer, Decoding said, Adapters adapters) {
        var own =
                attention.forward(attentionNorm.forward(hidden), layer, said, adapters).add(hidden);
        var read = cross.forward(crossNorm.forward(own), layer, said, adapters).add(own);
        return feedForward.forward(feedForwardNorm.forward(read), adapters).add(read);
    }

    List<Linear> linears() {
        return Stream.of(attention.linears(), cross.linears(), feedForward.linears())
                .flatMap(List::stream)
                .toList();
    }

    List<Norm> norms() {
        return List.of(attentionNorm, crossNorm, feedForwardNorm);
    }
}
