package dev.sartor.model.family.encoder;

import dev.sartor.model.Embedding;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.family.kind.GgufEncoding;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.ClassHead;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.WordHead;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// BERT and what is built like it, MiniLM among them (Devlin et al. 2018; transformers' modeling_bert.py).
public final class BertFamily implements EncoderFamily {
    @Override
    public String name() {
        return "bert";
    }

    @Override
    public String classes() {
        return "Bert";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.none().targeting("query", "value");
    }

    @Override
    public ClassHeadPlace classHead() {
        return new ClassHeadPlace(
                "bert.",
                "hidden_size",
                ClassHeadPlace.Inner.of("bert.pooler.dense", false),
                "classifier",
                List.of("cls."),
                List.of("classifier"));
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new BertShape(config, config.integer("type_vocab_size", 2), true, 0, 0).shape();
    }

    @Override
    public Optional<GgufEncoding> gguf() {
        return Optional.of(new BertGguf());
    }

    @Override
    public Encoder build(ModelConfig config, Weights stored, DType type) {
        EncoderSettings.refuseUnsupported(config);
        double epsilon = config.number("layer_norm_eps", 1e-12);
        var parts = BertParts.of(config, stored, type, "bert.", epsilon);
        var embeddings = parts.embeddings(30522, OptionalInt.of(2), OptionalInt.empty());
        return parts.encoder(
                names(),
                embeddings,
                Optional.empty(),
                parts.blocks("encoder.layer.", 12, Map.of()),
                heads(parts, embeddings.words()));
    }

    private static EncoderHeads heads(BertParts parts, Embedding words) {
        var weights = parts.weights();
        var config = parts.config();
        int width = parts.width();
        var path = "cls.predictions.";
        if (weights.has(path + "transform.dense.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear(path + "transform.dense", width, width),
                            parts.activation(),
                            parts.norm(path + "transform.LayerNorm"),
                            WordHead.words(
                                    config, weights, words, path + "decoder", path + "bias")));
        }
        if (weights.has("classifier.weight") && EncoderSettings.classifiesTexts(config)) {
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear(parts.prefix() + "pooler.dense", width, width),
                            Activation.TANH,
                            weights.linear("classifier", width, Labels.of(config).names().size())));
        }
        return EncoderSettings.ofTokens(config, weights, width).orElseGet(EncoderHeads::none);
    }
}
