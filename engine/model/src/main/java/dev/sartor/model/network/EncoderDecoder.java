package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.OwnTensors;
import dev.sartor.model.RelativePositions;
import dev.sartor.model.layer.EncoderBody;
import dev.sartor.model.layer.Norm;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.List;
import java.util.stream.Stream;

/// A network that reads a whole text and then says another, token by token, such as T5 (Vaswani et al. 2017; Raffel et
/// al. 2019). For the engine's thread.
public final class EncoderDecoder implements Network {
    /// Nothing in the architecture ends a text; what attention needs of memory grows with its square.
    private static final int MOST_TOKENS = 4096;

    /// The second half.
    ///
    /// @param words what was said, looked up
    /// @param bias what the distance of two said tokens adds to their score
    public record Saying(
            Embedding words, RelativePositions bias, List<DecodingBlock> blocks, Norm norm) {
        public Saying {
            blocks = List.copyOf(blocks);
        }
    }

    /// From states to logits.
    ///
    /// @param scale of the states
    public record Head(Linear words, double scale) {}

    private final ModelConfig config;
    private final NetworkNames names;
    private final EncoderBody reading;
    private final Saying saying;
    private final Head head;
    private final OwnTensors own;
    private final DType type;
    private final long parameters;

    public EncoderDecoder(
            ModelConfig config,
            NetworkNames names,
            EncoderBody reading,
            Saying saying,
            Head head,
            OwnTensors own) {
        this.config = config;
        this.names = names;
        this.reading = reading;
        this.saying = saying;
        this.head = head;
        this.own = own;
        this.type = saying.words().table().type();
        this.parameters = countParameters();
    }

    /// Reads the texts, and makes ready to answer each of them.
    ///
    /// @param capacity the most tokens that an answer may have, the one that begins it counted
    public Decoding read(EncoderPass texts, int capacity, Adapters adapters) {
        return new Decoding(
                this, reading.forward(texts, adapters), texts.lengths(), capacity, adapters);
    }

    /// The last layer's states of every token of the step: [tokens, width].
    Tensor hidden(Tensor ids, Decoding said, Adapters adapters) {
        var hidden = saying.words().forward(ids, adapters);
        for (int i = 0; i < saying.blocks().size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(saying.blocks().get(i).forward(before, i, said, adapters));
                before.free();
            }
        }
        return saying.norm().forward(hidden);
    }

    /// Unnormalised log-probabilities of the next token: [tokens, vocabulary].
    ///
    /// @param hidden [tokens, width], as {@link Decoding#step} gives it
    public Tensor logits(Tensor hidden, Adapters adapters) {
        var scaled = head.scale() == 1 ? hidden : hidden.times(head.scale());
        return head.words().forward(scaled, adapters);
    }

    Saying saying() {
        return saying;
    }

    public int vocabulary() {
        return (int) head.words().weight().out();
    }

    /// The token that every answer begins with; it is no part of the answer.
    public int startToken() {
        return config.integer("decoder_start_token_id");
    }

    /// The most tokens of a text that is read.
    public int contextLength() {
        return MOST_TOKENS;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public NetworkNames names() {
        return names;
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public List<Linear> linears() {
        return Stream.concat(
                        reading.linears().stream(),
                        saying.blocks().stream().flatMap(block -> block.linears().stream()))
                .toList();
    }

    @Override
    public List<Linear> heads() {
        return List.of(head.words());
    }

    @Override
    public List<Embedding> embeddings() {
        return List.of(saying.words());
    }

    @Override
    public long parameters() {
        return parameters;
    }

    private long countParameters() {
        long count = reading.otherParameters() + saying.bias().table().count();
        count += saying.norm().parameters();
        for (var block : saying.blocks()) {
            count += block.norms().stream().mapToLong(Norm::parameters).sum();
        }
        for (var linear : linears()) {
            count += linear.weight().count();
        }
        var last = head.words();
        return saying.words().isWeightOf(last) ? count : count + last.weight().count();
    }

    @Override
    public OwnTensors own() {
        return own;
    }

    @Override
    public void close() {
        own.close();
    }
}
