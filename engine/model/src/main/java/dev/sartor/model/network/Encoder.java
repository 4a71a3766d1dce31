package dev.sartor.model.network;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Labels;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.OwnTensors;
import dev.sartor.model.layer.EncoderBody;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/// A network that sees a whole text at once, such as BERT: its tokens' states, and what a head makes of them. For the
/// engine's thread.
public final class Encoder implements Network {
    /// For models whose positions end nowhere.
    private static final int USUAL_CONTEXT = 8192;

    private final ModelConfig config;
    private final NetworkNames names;
    private final EncoderBody body;
    private final EncoderHeads heads;
    private final OwnTensors own;
    private final DType type;
    private final int width;
    private final int context;
    private final long parameters;

    public Encoder(
            ModelConfig config,
            NetworkNames names,
            EncoderBody body,
            EncoderHeads heads,
            OwnTensors own) {
        this.config = config;
        this.names = names;
        this.body = body;
        this.heads = heads;
        this.own = own;
        var words = body.embeddings().words().table();
        this.type = words.type();
        this.width = (int) words.width();
        this.context =
                body.embeddings()
                        .context()
                        .orElseGet(() -> config.integer("max_position_embeddings", USUAL_CONTEXT));
        this.parameters = countParameters();
    }

    /// The last layer's states of every token of the pass: [tokens, width].
    public Tensor hidden(EncoderPass pass, Adapters adapters) {
        return body.forward(pass, adapters);
    }

    /// Unnormalised log-probabilities of the word at each token: [tokens, vocabulary].
    ///
    /// @throws SartorException a user's error when the model has no such head
    public Tensor words(EncoderPass pass, Adapters adapters) {
        return wordsOf(hidden(pass, adapters), adapters);
    }

    /// The same from states that {@link #hidden} gave.
    ///
    /// @param states [tokens, width]
    public Tensor wordsOf(Tensor states, Adapters adapters) {
        var head = heads.words().orElseThrow(() -> noHead("for masked words"));
        return head.forward(states, adapters);
    }

    /// The logits of each text's classes: [texts, classes].
    ///
    /// @throws SartorException a user's error when the model has no such head
    public Tensor classes(EncoderPass pass, Adapters adapters) {
        var head = heads.classes().orElseThrow(() -> noHead("for classes"));
        return head.forward(hidden(pass, adapters), pass, adapters);
    }

    /// The logits of each token's classes: [tokens, classes].
    ///
    /// @throws SartorException a user's error when the model has no such head
    public Tensor tokenClasses(EncoderPass pass, Adapters adapters) {
        var head = heads.tokens().orElseThrow(() -> noHead("for the tokens' classes"));
        return head.forward(hidden(pass, adapters), adapters);
    }

    private SartorException noHead(String what) {
        return config.unsupported(
                "the model has no head "
                        + what
                        + ": choose a model that was trained for it, or take its states");
    }

    public boolean tellsWords() {
        return heads.words().isPresent();
    }

    public boolean tellsClasses() {
        return heads.classes().isPresent();
    }

    public boolean tellsTokenClasses() {
        return heads.tokens().isPresent();
    }

    /// The classes, in the order of their logits.
    public Labels labels() {
        return Labels.of(config);
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
    public NetworkNames names() {
        return names;
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public List<Linear> linears() {
        return Stream.concat(body.linears().stream(), heads.inner().stream()).toList();
    }

    @Override
    public List<Linear> heads() {
        return heads.last();
    }

    @Override
    public List<Embedding> embeddings() {
        return body.embeddings().tables();
    }

    @Override
    public long parameters() {
        return parameters;
    }

    private long countParameters() {
        var words = body.embeddings().words();
        long count = body.otherParameters() + heads.normParameters();
        for (var linear : linears()) {
            count += linear.weight().count() + linear.bias().map(Tensor::count).orElse(0L);
        }
        for (var linear : heads()) {
            count += words.isWeightOf(linear) ? 0 : linear.weight().count();
            count += linear.bias().map(Tensor::count).orElse(0L);
        }
        return count;
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
