package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.EncoderPass;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What a text's tokens are before the first layer: the sum of a word's, a position's and a segment's vector.
///
/// @param positions a table of learned positions; empty where the layers know positions otherwise
/// @param segments one vector for each of a pair's texts
/// @param padding where positions are counted from the padding token's number + 1, and padding itself has that number
///     (RoBERTa; transformers' create_position_ids_from_input_ids); empty where they are counted from 0
public record EncoderEmbeddings(
        Embedding words,
        Optional<Embedding> positions,
        Optional<Embedding> segments,
        Optional<Norm> norm,
        OptionalInt padding) {
    /// [tokens, width]
    Tensor forward(EncoderPass pass, Adapters adapters) {
        var sum = words.forward(pass.ids(), adapters);
        if (positions.isPresent()) {
            var at =
                    padding.isPresent()
                            ? pass.positionsAfter(padding.getAsInt())
                            : pass.positions();
            sum = sum.add(positions.get().forward(at, adapters));
        }
        if (segments.isPresent()) {
            sum = sum.add(segments.get().forward(pass.segments(), adapters));
        }
        return norm.isPresent() ? norm.get().forward(sum) : sum;
    }

    /// The most tokens of a text; empty where there is no table that ends.
    public OptionalInt context() {
        int before = padding.isPresent() ? padding.getAsInt() + 1 : 0;
        return positions.isPresent()
                ? OptionalInt.of((int) positions.get().table().entries() - before)
                : OptionalInt.empty();
    }

    public List<Embedding> tables() {
        return Stream.of(Optional.of(words), positions, segments)
                .flatMap(Optional::stream)
                .toList();
    }
}
