package dev.sartor.model.memory;

import dev.sartor.core.Problems;
import dev.sartor.model.PassSize;
import java.util.List;

/// A model's sizes, from its configuration alone: how many parameters it has and what its memory depends on.
///
/// @param family transformers' model type
/// @param blocks one for each kind of block: a decoder's, an encoder's
/// @param embeddings values of tables that tokens and positions are looked up in, and of what belongs to no block
/// @param head values of the output layer; 0 where it is the embedding
/// @param vocabulary logits of each token; 0 for a bare encoder
/// @param context the most tokens that it reads at once
public record ModelShape(
        String family,
        List<BlockShape> blocks,
        long embeddings,
        long head,
        int vocabulary,
        int context) {
    public ModelShape {
        blocks = List.copyOf(blocks);
        Problems.refuseUnless(
                context > 0, "a model's context", "more than 0", context, "in tokens");
    }

    public long parameters() {
        return blocks.stream().mapToLong(BlockShape::parameters).sum() + embeddings + head;
    }

    /// A pass of one text, for each kind of block.
    public List<PassSize> sizes(int tokens) {
        return blocks.stream().map(_ -> PassSize.of(1, tokens)).toList();
    }

    /// Kinds of blocks: two where one reads and another says.
    public int kinds() {
        return blocks.size();
    }

    /// Blocks of all kinds.
    public int blockCount() {
        return blocks.stream().mapToInt(BlockShape::count).sum();
    }

    /// Values of keys and values that decoding keeps of each token in all blocks; 0 where nothing is decoded.
    public long cached() {
        return blocks.stream().mapToLong(b -> b.count() * b.cached()).sum();
    }

    /// Values of a token between blocks.
    int width() {
        return blocks.getFirst().linears().getFirst().in();
    }

    /// In linear layers inside of blocks: what is quantised and what an adapter is put on.
    long linearWeights() {
        return blocks.stream().mapToLong(BlockShape::weights).sum();
    }

    /// Parameters of a LoRA adapter on every linear layer but the head.
    public long adapterParameters(int rank) {
        return blocks.stream().mapToLong(b -> b.adapted(rank)).sum();
    }

    /// Whether it writes text.
    public boolean decodes() {
        return blocks.stream().anyMatch(b -> b.cached() > 0);
    }
}
