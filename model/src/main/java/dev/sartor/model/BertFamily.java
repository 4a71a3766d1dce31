package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// BERT and what is built like it, MiniLM among them (Devlin et al. 2018; transformers' modeling_bert.py).
final class BertFamily {
    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final double epsilon;
    private final Activation activation;

    private BertFamily(ModelConfig config, WeightLoader weights) {
        EncoderSettings.refuseUnsupported(config);
        this.config = config;
        this.weights = weights;
        // A model with a head keeps its encoder under "bert."; a bare encoder does not.
        prefix = weights.prefix("bert.", "embeddings.word_embeddings.weight");
        width = config.integer("hidden_size", 768);
        epsilon = config.number("layer_norm_eps", 1e-12);
        activation = Activation.of(config, "hidden_act", Activation.GELU);
    }

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family = new BertFamily(config, new WeightLoader(stored, Precision.of(type), owner));
        var embeddings = family.embeddings();
        var shape =
                new PostNormBlocks.Shape(
                        family.width,
                        config.integer("intermediate_size", 3072),
                        EncoderSettings.heads(config, "num_attention_heads", family.width, 12),
                        family.epsilon,
                        family.activation);
        var blocks =
                new PostNormBlocks(family.weights, shape, Map.of())
                        .of(
                                family.prefix + "encoder.layer.",
                                config.integer("num_hidden_layers", 12));
        var body = new EncoderBody(embeddings, Optional.empty(), blocks, Optional.empty());
        return new Encoder(config, body, family.heads(embeddings.words()), owner);
    }

    private EncoderEmbeddings embeddings() {
        var path = prefix + "embeddings.";
        return new EncoderEmbeddings(
                weights.table(path + "word_embeddings", config.integer("vocab_size", 30522), width),
                Optional.of(
                        weights.table(
                                path + "position_embeddings",
                                config.integer("max_position_embeddings", 512),
                                width)),
                Optional.of(
                        weights.table(
                                path + "token_type_embeddings",
                                config.integer("type_vocab_size", 2),
                                width)),
                Optional.of(norm(path + "LayerNorm")),
                OptionalInt.empty());
    }

    private EncoderHeads heads(Embedding words) {
        var path = "cls.predictions.";
        if (weights.has(path + "transform.dense.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear(path + "transform.dense", width, width),
                            activation,
                            norm(path + "transform.LayerNorm"),
                            WordHead.words(
                                    config, weights, words, path + "decoder", path + "bias")));
        }
        if (weights.has("classifier.weight") && EncoderSettings.classifiesTexts(config)) {
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear(prefix + "pooler.dense", width, width),
                            Activation.TANH,
                            weights.linear("classifier", width, Labels.of(config).names().size())));
        }
        return EncoderHeads.none();
    }

    private Norm norm(String module) {
        return LayerNorm.of(weights, module, width, epsilon);
    }
}
