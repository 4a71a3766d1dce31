package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/// A decoder-only transformer: embedding, blocks, norm, head. For the engine's thread.
public final class Decoder implements Network {
    private final ModelConfig config;
    private final Embedding embedding;
    private final List<DecoderBlock> blocks;
    private final RmsNorm norm;
    private final Linear head;
    private final Rope rope;
    private final TensorScope owner;
    private final DType type;
    private final int vocabulary;
    private final long parameters;

    /// @param head from states to logits; its weight is the embedding's table where the two are tied
    Decoder(
            ModelConfig config,
            Embedding embedding,
            List<DecoderBlock> blocks,
            RmsNorm norm,
            Linear head,
            Rope rope,
            TensorScope owner) {
        this.config = config;
        this.embedding = embedding;
        this.blocks = List.copyOf(blocks);
        this.norm = norm;
        this.head = head;
        this.rope = rope;
        this.owner = owner;
        this.type = embedding.table().type();
        this.vocabulary = (int) head.weight().out();
        this.parameters = countParameters();
    }

    /// The last layer's normalised states of every token of the pass: [tokens, width].
    ///
    /// @param ids int64 [tokens], in the order of the pass
    public Tensor hidden(Tensor ids, Pass pass, Adapters adapters) {
        var at = rope.at(pass.positions());
        var hidden = embedding.forward(ids, adapters);
        for (int i = 0; i < blocks.size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(blocks.get(i).forward(before, i, pass, at, adapters));
                before.free();
            }
        }
        return norm.forward(hidden);
    }

    /// Unnormalised log-probabilities of the next token: [tokens, vocabulary].
    ///
    /// @param hidden [tokens, width], as {@link #hidden} gives it
    public Tensor logits(Tensor hidden, Adapters adapters) {
        return head.forward(hidden, adapters);
    }

    /// [vocabulary, width]
    public Tensor head() {
        return head.weight().dense();
    }

    public int vocabulary() {
        return vocabulary;
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
        return type;
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
    public List<Linear> heads() {
        return List.of(head);
    }

    @Override
    public List<Embedding> embeddings() {
        return List.of(embedding);
    }

    @Override
    public long parameters() {
        return parameters;
    }

    private long countParameters() {
        var count =
                norm.weight().count()
                        + head.weight().count()
                        + (config.flag("tie_word_embeddings", false)
                                ? 0
                                : embedding.table().count());
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
