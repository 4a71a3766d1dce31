package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// MPNet: BERT's layers with RoBERTa's positions, and what the distance of two tokens adds to their score (Song et al.
/// 2020; transformers' modeling_mpnet.py).
final class MpnetFamily {
    /// Written into the model's code, whatever config.json says.
    private static final int PADDING = 1;

    private static final RelativePositions.Buckets BUCKETS =
            new RelativePositions.Buckets(32, 128, true);

    private static final Map<String, String> NAMES =
            Map.of(
                    "attention.self.query", "attention.attn.q",
                    "attention.self.key", "attention.attn.k",
                    "attention.self.value", "attention.attn.v",
                    "attention.output.dense", "attention.attn.o",
                    "attention.output.LayerNorm", "attention.LayerNorm");

    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final double epsilon;

    private MpnetFamily(ModelConfig config, WeightLoader weights) {
        this.config = config;
        this.weights = weights;
        prefix = weights.prefix("mpnet.", "embeddings.word_embeddings.weight");
        width = config.integer("hidden_size", 768);
        epsilon = config.number("layer_norm_eps", 1e-12);
    }

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family = new MpnetFamily(config, new WeightLoader(stored, Precision.of(type), owner));
        var embeddings = family.embeddings();
        var heads = EncoderSettings.heads(config, "num_attention_heads", family.width, 12);
        var shape =
                new PostNormBlocks.Shape(
                        family.width,
                        config.integer("intermediate_size", 3072),
                        heads,
                        family.epsilon,
                        Activation.of(config, "hidden_act", Activation.GELU));
        var blocks =
                new PostNormBlocks(family.weights, shape, NAMES)
                        .of(
                                family.prefix + "encoder.layer.",
                                config.integer("num_hidden_layers", 12));
        var body =
                new EncoderBody(
                        embeddings, Optional.of(family.bias(heads)), blocks, Optional.empty());
        var outputs = RobertaHeads.of(config, family.weights, embeddings.words(), family.epsilon);
        return new Encoder(config, body, outputs, owner);
    }

    private EncoderEmbeddings embeddings() {
        var path = prefix + "embeddings.";
        return new EncoderEmbeddings(
                weights.table(path + "word_embeddings", config.integer("vocab_size", 30527), width),
                Optional.of(
                        weights.table(
                                path + "position_embeddings",
                                config.integer("max_position_embeddings", 512),
                                width)),
                Optional.empty(),
                Optional.of(LayerNorm.of(weights, path + "LayerNorm", width, epsilon)),
                OptionalInt.of(PADDING));
    }

    private RelativePositions bias(int heads) {
        int buckets = config.integer("relative_attention_num_buckets", BUCKETS.count());
        if (buckets != BUCKETS.count()) {
            throw config.unsupported(
                    "relative_attention_num_buckets must be "
                            + BUCKETS.count()
                            + ", which is all that MPNet computes with, got "
                            + buckets);
        }
        var table =
                weights.tensor(prefix + "encoder.relative_attention_bias.weight", buckets, heads);
        return RelativePositions.of(config, table, BUCKETS);
    }
}
