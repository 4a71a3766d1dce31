package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A decoder-only transformer: embedding, blocks, norm, head. For the engine's thread.
public final class Decoder implements Network {
    private final ModelConfig config;
    private final Tensor embedding;
    private final List<DecoderBlock> blocks;
    private final RmsNorm norm;
    private final Tensor head;
    private final Rope rope;
    private final TensorScope owner;

    /// @param head [vocabulary, width]; the embedding itself where the two are tied
    Decoder(
            ModelConfig config,
            Tensor embedding,
            List<DecoderBlock> blocks,
            RmsNorm norm,
            Tensor head,
            Rope rope,
            TensorScope owner) {
        this.config = config;
        this.embedding = embedding;
        this.blocks = List.copyOf(blocks);
        this.norm = norm;
        this.head = head;
        this.rope = rope;
        this.owner = owner;
    }

    /// The last layer's normalised states of every token of the pass: [tokens, width].
    ///
    /// @param ids int64 [tokens], in the order of the pass
    public Tensor hidden(Tensor ids, Pass pass, Optional<LoraAdapter> adapter) {
        var at = rope.at(pass.positions());
        var hidden = Tensors.embedding(embedding, ids);
        for (int i = 0; i < blocks.size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(blocks.get(i).forward(before, i, pass, at, adapter));
                before.free();
            }
        }
        return norm.forward(hidden);
    }

    /// Unnormalised log-probabilities of the next token: [tokens, vocabulary].
    ///
    /// @param hidden [tokens, width], as {@link #hidden} gives it
    public Tensor logits(Tensor hidden) {
        return Tensors.linear(hidden, head, Optional.empty());
    }

    /// [vocabulary, width]
    public Tensor head() {
        return head;
    }

    public int vocabulary() {
        return (int) head.size(0);
    }

    /// The most tokens of prompt and answer together.
    public int contextLength() {
        return config.integer("max_position_embeddings");
    }

    public int layers() {
        return blocks.size();
    }

    /// Key and value heads of each layer.
    public int groups() {
        return blocks.getFirst().attention().groups();
    }

    public int headWidth() {
        return blocks.getFirst().attention().headWidth();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public DType type() {
        return embedding.type();
    }

    @Override
    public List<Linear> linears() {
        var linears = new ArrayList<Linear>();
        for (var block : blocks) {
            linears.add(block.attention().queryKeyValue());
            linears.add(block.attention().output());
            linears.add(block.feedForward().gateAndUp());
            linears.add(block.feedForward().down());
        }
        return linears;
    }

    @Override
    public long parameters() {
        var count =
                embedding.count() + norm.weight().count() + (head == embedding ? 0 : head.count());
        for (var block : blocks) {
            count +=
                    block.attentionNorm().weight().count()
                            + block.feedForwardNorm().weight().count();
        }
        for (var linear : linears()) {
            count += linear.weight().count() + linear.bias().map(Tensor::count).orElse(0L);
        }
        return count;
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
