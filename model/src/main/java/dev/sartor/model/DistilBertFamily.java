package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// DistilBERT: BERT's layers without segments or pooler (Sanh et al. 2019; transformers' modeling_distilbert.py).
final class DistilBertFamily {
    /// Written into the model's code, whatever config.json says.
    private static final double EPSILON = 1e-12;

    private static final Map<String, String> NAMES =
            Map.of(
                    "attention.self.query", "attention.q_lin",
                    "attention.self.key", "attention.k_lin",
                    "attention.self.value", "attention.v_lin",
                    "attention.output.dense", "attention.out_lin",
                    "attention.output.LayerNorm", "sa_layer_norm",
                    "intermediate.dense", "ffn.lin1",
                    "output.dense", "ffn.lin2",
                    "output.LayerNorm", "output_layer_norm");

    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final Activation activation;

    private DistilBertFamily(ModelConfig config, WeightLoader weights) {
        EncoderSettings.refuseUnsupported(config);
        this.config = config;
        this.weights = weights;
        prefix = weights.prefix("distilbert.", "embeddings.word_embeddings.weight");
        width = config.integer("dim", 768);
        activation = Activation.of(config, "activation", Activation.GELU);
    }

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family =
                new DistilBertFamily(config, new WeightLoader(stored, Precision.of(type), owner));
        var embeddings = family.embeddings();
        var shape =
                new PostNormBlocks.Shape(
                        family.width,
                        config.integer("hidden_dim", 3072),
                        EncoderSettings.heads(config, "n_heads", family.width, 12),
                        EPSILON,
                        family.activation);
        var blocks =
                new PostNormBlocks(family.weights, shape, NAMES)
                        .of(family.prefix + "transformer.layer.", config.integer("n_layers", 6));
        var body = new EncoderBody(embeddings, Optional.empty(), blocks, Optional.empty());
        return new Encoder(config, body, family.heads(embeddings.words()), owner);
    }

    /// Positions on sine waves are stored as a table, too.
    private EncoderEmbeddings embeddings() {
        var path = prefix + "embeddings.";
        return new EncoderEmbeddings(
                weights.table(path + "word_embeddings", config.integer("vocab_size", 30522), width),
                Optional.of(
                        weights.table(
                                path + "position_embeddings",
                                config.integer("max_position_embeddings", 512),
                                width)),
                Optional.empty(),
                Optional.of(LayerNorm.of(weights, path + "LayerNorm", width, EPSILON)),
                OptionalInt.empty());
    }

    private EncoderHeads heads(Embedding words) {
        if (weights.has("vocab_transform.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear("vocab_transform", width, width),
                            activation,
                            LayerNorm.of(weights, "vocab_layer_norm", width, EPSILON),
                            WordHead.words(
                                    config,
                                    weights,
                                    words,
                                    "vocab_projector",
                                    "vocab_projector.bias")));
        }
        if (weights.has("pre_classifier.weight") && EncoderSettings.classifiesTexts(config)) {
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear("pre_classifier", width, width),
                            Activation.RELU,
                            weights.linear("classifier", width, Labels.of(config).names().size())));
        }
        return EncoderHeads.none();
    }
}
