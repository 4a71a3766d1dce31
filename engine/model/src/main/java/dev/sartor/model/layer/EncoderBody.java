package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Linear;
import dev.sartor.model.RelativePositions;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Embeddings and layers of an encoder.
///
/// @param bias what the distance of two tokens adds to their score, the same in every layer; empty in most models
/// @param norm of the last layer's states
public record EncoderBody(
        EncoderEmbeddings embeddings,
        Optional<RelativePositions> bias,
        List<EncoderBlock> blocks,
        Optional<Norm> norm) {
    public EncoderBody {
        blocks = List.copyOf(blocks);
    }

    /// The last layer's states of every token of the pass: [tokens, width].
    public Tensor forward(EncoderPass pass, Adapters adapters) {
        var seen = bias.isPresent() ? pass.with(bias.get()) : pass;
        var hidden = embeddings.forward(pass, adapters);
        for (int i = 0; i < blocks.size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(blocks.get(i).forward(before, i, seen, adapters));
                before.free();
            }
        }
        return norm.isPresent() ? norm.get().forward(hidden) : hidden;
    }

    public List<Linear> linears() {
        return blocks.stream().flatMap(block -> block.linears().stream()).toList();
    }

    /// Of everything but the linear layers.
    public long otherParameters() {
        var norms =
                Stream.of(embeddings.norm().stream(), norm.stream(), blockNorms())
                        .flatMap(each -> each);
        return norms.mapToLong(Norm::parameters).sum()
                + embeddings.tables().stream().mapToLong(t -> t.table().count()).sum()
                + bias.map(b -> b.table().count()).orElse(0L);
    }

    private Stream<Norm> blockNorms() {
        return blocks.stream().flatMap(block -> block.norms().stream());
    }
}
