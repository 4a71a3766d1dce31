package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.HeadShape;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Rope;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.ParallelBlock;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// GPT-NeoX and Pythia: attention and feed-forward network side by side, heads that turn in part (Black et al. 2022;
/// transformers' modeling_gpt_neox.py). Queries, keys and values stand head by head in one matrix.
final class GptNeoxFamily implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 2048, "intermediate_size": 24576, "layer_norm_eps": 1e-5,
             "hidden_act": "gelu", "partial_rotary_factor": 0.25, "use_parallel_residual": true,
             "attention_bias": true, "tie_word_embeddings": false}\
            """;
    private static final GgufNaming NAMING =
            new GgufNaming(
                    GgufNaming.names(
                            "gpt_neox.embed_in", "token_embd",
                            "gpt_neox.final_layer_norm", "output_norm",
                            "embed_out", "output"),
                    "gpt_neox.layers.",
                    GgufNaming.names(
                            "input_layernorm", "attn_norm",
                            "attention.query_key_value", "attn_qkv",
                            "attention.dense", "attn_output",
                            "post_attention_layernorm", "ffn_norm",
                            "mlp.dense_h_to_4h", "ffn_up",
                            "mlp.dense_4h_to_h", "ffn_down"),
                    Optional.of("attention.query_key_value"));
    private static final GgufTraits.Settings SETTINGS =
            new GgufTraits.Settings(
                    new GgufTraits.Settings.Norm("layer_norm_eps", false),
                    List.of("use_parallel_residual"),
                    config -> config.integer("intermediate_size"),
                    "hidden_act",
                    Set.of("gelu"));
    private static final Map<String, String> NAMES =
            Map.of("rotary_emb_base", "rope_theta", "rotary_pct", "partial_rotary_factor");

    @Override
    public String name() {
        return "gpt_neox";
    }

    @Override
    public String transformersClass() {
        return "GPTNeoXForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.of("gpt_neox.embed_in", "embed_out").targeting("query_key_value");
    }

    @Override
    public List<String> ownKeys() {
        return List.of(
                "layer_norm_eps",
                "use_parallel_residual",
                "attention_bias",
                "partial_rotary_factor");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new GptShape(config).turned();
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(
                GgufTraits.of("gptneox")
                        .named(NAMING)
                        .turned(GgufTraits.Turning.IN_PART)
                        .set(SETTINGS));
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.renamed(NAMES).withDefaults(DEFAULTS);
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var parts = new DecoderParts(config, weights, HeadShape.Order.BY_HEAD);
        var rope = RopeSettings.partial(config, parts.shape().width(), parts.type());
        var blocks = parts.blocks(layer -> block(config, parts, rope, layer));
        var tokens = parts.embedding("gpt_neox.embed_in", config.integer("vocab_size"));
        var output =
                new DecoderOutput(
                        norm(config, parts, "gpt_neox.final_layer_norm"),
                        parts.head("embed_out", tokens),
                        OptionalDouble.empty());
        return new Decoder(config, names(), DecoderInput.of(tokens), blocks, output, weights.own());
    }

    private static DecoderBlock block(
            ModelConfig config, DecoderParts parts, Rope rope, int layer) {
        var path = "gpt_neox.layers." + layer + ".";
        var before = norm(config, parts, path + "input_layernorm");
        var between = norm(config, parts, path + "post_attention_layernorm");
        var attention = attention(config, parts, rope, path + "attention.");
        var feedForward = feedForward(config, parts, path + "mlp.");
        return config.flag("use_parallel_residual")
                ? new ParallelBlock(before, attention, between, feedForward)
                : new PreNormDecoderBlock(before, attention, between, feedForward);
    }

    private static Attention attention(
            ModelConfig config, DecoderParts parts, Rope rope, String path) {
        var shape = parts.shape();
        var biased = config.flag("attention_bias");
        return new Attention(
                parts.linear(
                        parts.width(),
                        biased,
                        new Linear.Part(path + "query_key_value", shape.projected())),
                parts.linear(
                        shape.queries(), biased, new Linear.Part(path + "dense", parts.width())),
                shape,
                Optional.empty(),
                Optional.of(rope),
                AttentionRule.full(shape.width()));
    }

    private static DenseFeedForward feedForward(
            ModelConfig config, DecoderParts parts, String path) {
        int inner = config.integer("intermediate_size");
        return new DenseFeedForward(
                parts.linear(parts.width(), true, new Linear.Part(path + "dense_h_to_4h", inner)),
                parts.activation("hidden_act"),
                false,
                parts.linear(inner, true, new Linear.Part(path + "dense_4h_to_h", parts.width())));
    }

    private static LayerNorm norm(ModelConfig config, DecoderParts parts, String module) {
        return parts.layerNorm(module, config.number("layer_norm_eps"));
    }
}
