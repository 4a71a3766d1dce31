package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.Pass;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How tokens become the first block's input.
///
/// @param positions learned vectors, one for each position (Radford et al. 2018); empty where attention turns or needs none
/// @param scale what the tokens' vectors are multiplied by, [1], in the type that the network computes in, since Gemma
///     rounds it to that
public record DecoderInput(
        Embedding tokens, Optional<Embedding> positions, Optional<Tensor> scale) {
    public static DecoderInput of(Embedding tokens) {
        return new DecoderInput(tokens, Optional.empty(), Optional.empty());
    }

    /// @param ids int64 [tokens]
    /// @return [tokens, width]
    public Tensor forward(Tensor ids, Pass pass, Adapters adapters) {
        var vectors = tokens.forward(ids, adapters);
        if (scale.isPresent()) {
            vectors = vectors.times(scale.get());
        }
        return positions.isPresent()
                ? vectors.plus(positions.get().forward(pass.positions(), adapters))
                : vectors;
    }

    public List<Embedding> embeddings() {
        return Stream.concat(Stream.of(tokens), positions.stream()).toList();
    }
}
