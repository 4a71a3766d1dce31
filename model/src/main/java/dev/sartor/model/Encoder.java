package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An encoder of the BERT family: embeddings of words and positions, blocks, and an optional head that guesses masked
/// words. For the engine's thread.
public final class Encoder implements Network {
    /// @param segment the one row that single texts use, [width]
    record Embeddings(Embedding words, Tensor positions, Tensor segment, LayerNorm norm) {}

    /// Guesses words from states (Devlin et al. 2018); the decoder's matrix is the word embedding.
    record MaskedLanguageHead(
            Linear transform, Activation activation, LayerNorm norm, Linear decoder) {}

    private final ModelConfig config;
    private final Embeddings embeddings;
    private final List<EncoderBlock> blocks;
    private final Optional<MaskedLanguageHead> head;
    private final TensorScope owner;
    private final DType type;
    private final int width;
    private final int context;
    private final long parameters;

    Encoder(
            ModelConfig config,
            Embeddings embeddings,
            List<EncoderBlock> blocks,
            Optional<MaskedLanguageHead> head,
            TensorScope owner) {
        this.config = config;
        this.embeddings = embeddings;
        this.blocks = List.copyOf(blocks);
        this.head = head;
        this.owner = owner;
        this.type = embeddings.words().table().type();
        this.width = (int) embeddings.words().table().size(1);
        this.context = (int) embeddings.positions().size(0);
        this.parameters = countParameters();
    }

    /// The last layer's states of every token of the pass: [tokens, width].
    ///
    /// @param ids int64 [tokens], row after row with padding
    public Tensor hidden(Tensor ids, Pass pass, Adapters adapters) {
        var sum =
                embeddings
                        .words()
                        .forward(ids, adapters)
                        .add(Tensors.embedding(embeddings.positions(), pass.positions()))
                        .add(embeddings.segment());
        var hidden = embeddings.norm().forward(sum);
        for (int i = 0; i < blocks.size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(blocks.get(i).forward(before, i, pass, adapters));
                before.free();
            }
        }
        return hidden;
    }

    /// Unnormalised log-probabilities of the word at each token: [tokens, vocabulary].
    ///
    /// @throws dev.sartor.core.SartorException a user's error when the model has no such head
    public Tensor logits(Tensor hidden, Adapters adapters) {
        var words =
                head.orElseThrow(() ->
                        config.unsupported(
                                "the model has no head for masked words: it gives states only"));
        var states =
                words.norm()
                        .forward(
                                words.activation()
                                        .forward(words.transform().forward(hidden, adapters)));
        return words.decoder().forward(states, adapters);
    }

    public int width() {
        return width;
    }

    /// The most tokens of a text, special tokens counted.
    public int contextLength() {
        return context;
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
            linears.addAll(
                    List.of(block.queryKeyValue(), block.output(), block.up(), block.down()));
        }
        head.ifPresent(words -> linears.add(words.transform()));
        return linears;
    }

    @Override
    public List<Linear> heads() {
        return head.map(words -> List.of(words.decoder())).orElse(List.of());
    }

    @Override
    public List<Embedding> embeddings() {
        return List.of(embeddings.words());
    }

    @Override
    public long parameters() {
        return parameters;
    }

    private long countParameters() {
        long count =
                embeddings.words().table().count()
                        + embeddings.positions().count()
                        + (5L + 4L * blocks.size()) * width();
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
