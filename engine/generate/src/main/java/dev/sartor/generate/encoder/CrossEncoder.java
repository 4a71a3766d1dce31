package dev.sartor.generate.encoder;

import dev.sartor.core.Reranker;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.Encoding;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An encoder under a head of one output, or of two with the positive one last, that reads question and passage as one pair
/// (Nogueira and Cho 2019), as sentence-transformers' CrossEncoder saves it. Pairs of like length are computed together.
public final class CrossEncoder implements Reranker {
    private static final int BINARY = 2;
    private static final Logger LOG = LoggerFactory.getLogger(CrossEncoder.class);

    private final String name;
    private final Encoder network;
    private final Tokenizer tokenizer;
    private final int limit;
    private final int outputs;

    private CrossEncoder(String name, Encoder network, Tokenizer tokenizer, int limit) {
        this.name = name;
        this.network = network;
        this.tokenizer = tokenizer;
        this.limit = limit;
        this.outputs = network.labels().names().size();
    }

    /// @param model a folder with config.json, tokenizer.json and safetensors, or a GGUF file
    /// @param type what it computes in, F32 or BF16
    /// @throws SartorException a user's error where the model has no such head
    public static CrossEncoder open(String name, Path model, DType type) {
        var network = Networks.encoder(model, type);
        if (!network.tellsClasses() || network.labels().names().size() > BINARY) {
            var has =
                    network.tellsClasses()
                            ? network.labels().names().size() + " classes"
                            : "no head at all";
            network.close();
            throw SartorException.user(
                    name
                            + " must have one output for a pair of texts, or two, to rerank passages, and has "
                            + has
                            + ": name a cross-encoder, or a model that writes text, which reranks by how"
                            + " likely it finds the question.");
        }
        var settings = SentenceSettings.read(model);
        int limit =
                Math.min(settings.limit().orElse(network.contextLength()), network.contextLength());
        return new CrossEncoder(name, network, LanguageModel.tokenizer(model), limit);
    }

    /// To be trained: the model's own head of one output where it has such, else one that is drawn.
    ///
    /// @param model a folder with config.json, tokenizer.json and safetensors
    /// @param limit the most tokens of a pair, special ones counted; at most what the model reads is taken
    /// @param seed of a drawn head
    public static CrossEncoder withHead(String name, Path model, DType type, int limit, long seed) {
        var network = Networks.scorer(model, type, new SplittableRandom(seed));
        return new CrossEncoder(
                name,
                network,
                LanguageModel.tokenizer(model),
                Math.min(limit, network.contextLength()));
    }

    public Encoder network() {
        return network;
    }

    /// The most tokens of a pair.
    public int limit() {
        return limit;
    }

    /// The tokens of a pair, cut as it is when it is judged.
    public Encoding pair(String question, String passage) {
        return tokenizer.encodePair(question, passage, limit);
    }

    @Override
    public String name() {
        return name;
    }

    /// The output; of two, the second less the first, which is the log-odds of the positive class.
    @Override
    public List<Double> scores(String question, List<String> passages) {
        var pairs = passages.stream().map(passage -> pair(question, passage)).toList();
        sayCuts(question, passages, pairs);
        var scores = new Double[pairs.size()];
        for (var group : EmbeddingPlan.of(pairs.stream().map(Encoding::ids).toList())) {
            var logits = logits(group.stream().map(pairs::get).toList());
            for (int i = 0; i < group.size(); i++) {
                double last = logits[(i + 1) * outputs - 1];
                scores[group.get(i)] = outputs == BINARY ? last - logits[i * outputs] : last;
            }
        }
        return Collections.unmodifiableList(Arrays.asList(scores));
    }

    private void sayCuts(String question, List<String> passages, List<Encoding> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).size() == limit
                    && tokenizer.encodePair(question, passages.get(i)).size() > limit) {
                LOG.warn(
                        "question and passage have more than the {} tokens that {} reads, and were"
                                + " cut",
                        limit,
                        name);
                return;
            }
        }
    }

    /// [pairs × outputs]
    private float[] logits(List<Encoding> pairs) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass =
                        EncoderPass.ofPairsInFewShapes(
                                pairs.stream().map(Encoding::ids).toList(),
                                pairs.stream().map(Encoding::types).toList(),
                                network.type());
                return network.classes(pass, Adapters.none()).to(DType.F32).toFloats();
            }
        });
    }

    @Override
    public void close() {
        network.close();
    }
}
