package dev.sartor.model.family.encoder;

import dev.sartor.core.Json;
import dev.sartor.model.AttentionRule;
import dev.sartor.model.Embedding;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Precision;
import dev.sartor.model.Rope;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.ClassHead;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.EncoderBlock;
import dev.sartor.model.layer.EncoderBody;
import dev.sartor.model.layer.EncoderEmbeddings;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.PreNormBlock;
import dev.sartor.model.layer.SelfAttention;
import dev.sartor.model.layer.WordHead;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The parts of ModernBERT: norms before the layers, rotary positions, gated feed-forward networks, and attention that is local in all
/// but every third layer (Warner et al. 2024; transformers' modeling_modernbert.py).
final class ModernBertParts {
    private static final String LOCAL = "sliding_attention";
    private static final String GLOBAL = "full_attention";

    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final int heads;
    private final double epsilon;
    private final Map<String, Rope> ropes = new HashMap<>();

    private ModernBertParts(ModelConfig config, WeightLoader weights) {
        this.config = config;
        this.weights = weights;
        prefix = weights.prefix("model.", "embeddings.tok_embeddings.weight");
        width = config.integer("hidden_size", 768);
        heads = EncoderSettings.heads(config, "num_attention_heads", width, 12);
        epsilon = config.number("norm_eps", 1e-5);
    }

    static Encoder build(ModelConfig config, NetworkNames names, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family =
                new ModernBertParts(config, new WeightLoader(stored, Precision.of(type), owner));
        for (var kind : List.of(LOCAL, GLOBAL)) {
            family.ropes.put(
                    kind,
                    RopeSettings.whole(family.rotation(kind), family.width / family.heads, type));
        }
        var embeddings = family.embeddings();
        var blocks =
                IntStream.range(0, config.integer("num_hidden_layers", 22))
                        .mapToObj(family::block)
                        .toList();
        var norm = family.norm(family.prefix + "final_norm");
        var body = new EncoderBody(embeddings, Optional.empty(), blocks, Optional.of(norm));
        return new Encoder(
                config, names, body, family.heads(embeddings.words()), family.weights.own());
    }

    private EncoderEmbeddings embeddings() {
        var words = prefix + "embeddings.tok_embeddings";
        return new EncoderEmbeddings(
                weights.table(words, config.integer("vocab_size", 50368), width),
                Optional.empty(),
                Optional.empty(),
                Optional.of(norm(prefix + "embeddings.norm")),
                OptionalInt.empty());
    }

    private EncoderBlock block(int layer) {
        var path = prefix + "layers." + layer + ".";
        int inner = config.integer("intermediate_size", 1152);
        // The first layer's input was normalised with the embeddings.
        var attentionNorm =
                layer == 0 ? Optional.<Norm>empty() : Optional.of(norm(path + "attn_norm"));
        return new PreNormBlock(
                attentionNorm,
                attention(path + "attn.", kind(layer)),
                norm(path + "mlp_norm"),
                new DenseFeedForward(
                        weights.linear(path + "mlp.Wi", width, 2 * inner),
                        Activation.of(config, "hidden_activation", Activation.GELU),
                        true,
                        weights.linear(path + "mlp.Wo", inner, width)));
    }

    private SelfAttention attention(String path, String kind) {
        // A token sees half of the window on either side of itself.
        int side = config.integer("local_attention", 128) / 2;
        return new SelfAttention(
                weights.linear(path + "Wqkv", width, 3 * width),
                weights.linear(path + "Wo", width, width),
                heads,
                AttentionRule.full(width / heads)
                        .within(
                                kind.equals(LOCAL)
                                        ? OptionalInt.of(side + 1)
                                        : OptionalInt.empty()),
                Optional.ofNullable(ropes.get(kind)));
    }

    /// Whether a layer is local or global.
    private String kind(int layer) {
        if (!config.has("layer_types")) {
            return layer % config.integer("global_attn_every_n_layers", 3) == 0 ? GLOBAL : LOCAL;
        }
        var kind = config.texts("layer_types").get(layer);
        if (!kind.equals(LOCAL) && !kind.equals(GLOBAL)) {
            throw config.unsupported(
                    "layer_types must be " + LOCAL + " or " + GLOBAL + ", got " + kind);
        }
        return kind;
    }

    /// Rotary settings of one kind of layer, under the keys that {@link RopeSettings} reads. Older files have one key for each
    /// kind instead of a group.
    private ModelConfig rotation(String kind) {
        var settings = Json.mapper().createObjectNode();
        settings.put("max_position_embeddings", config.integer("max_position_embeddings", 8192));
        double usual = kind.equals(LOCAL) ? 10_000 : 160_000;
        var older = kind.equals(LOCAL) ? "local_rope_theta" : "global_rope_theta";
        settings.put("rope_theta", config.number(older, usual));
        if (config.has("rope_parameters") && config.under("rope_parameters").has(kind)) {
            var group = config.under("rope_parameters").under(kind);
            settings.put("rope_theta", group.number("rope_theta", config.number(older, usual)));
            if (group.has("rope_type") && !group.text("rope_type").equals("default")) {
                throw group.unsupported(
                        "rope_type must be default, got "
                                + group.text("rope_type")
                                + ": choose another model");
            }
        } else if (config.has("rope_scaling")) {
            throw config.unsupported("rope_scaling must be null: choose another model");
        }
        return new ModelConfig("ModernBERT's " + kind, settings);
    }

    private EncoderHeads heads(Embedding words) {
        if (!weights.has("head.dense.weight")) {
            return EncoderHeads.none();
        }
        var dense = weights.linear("head.dense", width, width);
        var activation = Activation.of(config, "classifier_activation", Activation.GELU);
        var norm = norm("head.norm");
        if (weights.has("classifier.weight")) {
            var classes = weights.linear("classifier", width, Labels.of(config).names().size());
            return EncoderSettings.classifiesTexts(config)
                    ? EncoderHeads.of(
                            new ClassHead(isMean(), dense, activation, Optional.of(norm), classes))
                    : EncoderHeads.none();
        }
        return EncoderHeads.of(
                new WordHead(
                        dense,
                        activation,
                        norm,
                        WordHead.words(config, weights, words, "decoder", "decoder.bias")));
    }

    private boolean isMean() {
        var pooling = config.has("classifier_pooling") ? config.text("classifier_pooling") : "cls";
        return switch (pooling) {
            case "cls" -> false;
            case "mean" -> true;
            default ->
                    throw config.unsupported(
                            "classifier_pooling must be cls or mean, got " + pooling);
        };
    }

    private Norm norm(String module) {
        return LayerNorm.of(weights, module, width, epsilon);
    }
}
