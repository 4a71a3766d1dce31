package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// RoBERTa and XLM-RoBERTa: BERT's layers, positions counted from behind the padding token's number, and other heads (Liu
/// et al. 2019; Conneau et al. 2020; transformers' modeling_roberta.py).
final class RobertaFamily {
    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final double epsilon;

    private RobertaFamily(ModelConfig config, WeightLoader weights) {
        EncoderSettings.refuseUnsupported(config);
        this.config = config;
        this.weights = weights;
        prefix = weights.prefix("roberta.", "embeddings.word_embeddings.weight");
        width = config.integer("hidden_size", 768);
        epsilon = config.number("layer_norm_eps", 1e-12);
    }

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family = new RobertaFamily(config, new WeightLoader(stored, Precision.of(type), owner));
        var embeddings = family.embeddings();
        var shape =
                new PostNormBlocks.Shape(
                        family.width,
                        config.integer("intermediate_size", 3072),
                        EncoderSettings.heads(config, "num_attention_heads", family.width, 12),
                        family.epsilon,
                        Activation.of(config, "hidden_act", Activation.GELU));
        var blocks =
                new PostNormBlocks(family.weights, shape, Map.of())
                        .of(
                                family.prefix + "encoder.layer.",
                                config.integer("num_hidden_layers", 12));
        var body = new EncoderBody(embeddings, Optional.empty(), blocks, Optional.empty());
        var outputs = RobertaHeads.of(config, family.weights, embeddings.words(), family.epsilon);
        return new Encoder(config, body, outputs, owner);
    }

    private EncoderEmbeddings embeddings() {
        var path = prefix + "embeddings.";
        return new EncoderEmbeddings(
                weights.table(path + "word_embeddings", config.integer("vocab_size", 50265), width),
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
                Optional.of(LayerNorm.of(weights, path + "LayerNorm", width, epsilon)),
                OptionalInt.of(config.integer("pad_token_id", 1)));
    }
}
