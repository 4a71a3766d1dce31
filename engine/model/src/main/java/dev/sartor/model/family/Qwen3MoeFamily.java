package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.layer.MixtureOfExperts;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Qwen3 with a mixture of experts in some or all layers (Yang et al. 2025; transformers' modeling_qwen3_moe.py). Weights of
/// the experts stand under `mlp.experts.N`, as the model's published files have them.
final class Qwen3MoeFamily implements DecoderFamily {
    private static final Map<String, String> NAMES = Map.of("num_local_experts", "num_experts");

    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 32768, "num_key_value_heads": 4, "rms_norm_eps": 1e-6,
             "hidden_act": "silu", "attention_bias": false, "use_sliding_window": false,
             "sliding_window": 4096, "tie_word_embeddings": false, "decoder_sparse_step": 1,
             "moe_intermediate_size": 768, "num_experts_per_tok": 8, "num_experts": 128,
             "norm_topk_prob": false, "mlp_only_layers": []}\
            """;

    @Override
    public String name() {
        return "qwen3_moe";
    }

    @Override
    public String transformersClass() {
        return "Qwen3MoeForCausalLM";
    }

    @Override
    public List<String> ownKeys() {
        return List.of(
                "attention_bias",
                "num_experts",
                "num_experts_per_tok",
                "moe_intermediate_size",
                "norm_topk_prob",
                "mlp_only_layers");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.withNorms(config.renamed(NAMES));
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GgufTraits.of("qwen3moe").mixed());
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.renamed(NAMES).withDefaults(DEFAULTS);
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var parts = DecoderParts.of(config, weights);
        var rope = parts.rope();
        var rule = AttentionRule.full(parts.shape().width());
        var windows = windows(config);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer);
                    return parts.block(
                            layer,
                            parts.attention(
                                    path + "self_attn.",
                                    config.flag("attention_bias"),
                                    Optional.of(parts.queryKeyNorm(path + "self_attn.")),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer))),
                            isSparse(config, layer)
                                    ? experts(config, parts, path + "mlp.")
                                    : parts.gated(layer, false));
                }));
    }

    /// All layers see the window, or none.
    private static LayerWindows windows(ModelConfig config) {
        boolean used = config.flag("use_sliding_window");
        return LayerWindows.of(config, used, _ -> used);
    }

    private static boolean isSparse(ModelConfig config, int layer) {
        var dense =
                config.has("mlp_only_layers") ? config.numbers("mlp_only_layers") : new double[0];
        return config.integer("num_experts") > 0
                && (layer + 1) % Math.max(1, config.integer("decoder_sparse_step")) == 0
                && Arrays.stream(dense).noneMatch(l -> l == layer);
    }

    private static MixtureOfExperts experts(ModelConfig config, DecoderParts parts, String path) {
        int count = config.integer("num_experts");
        int chosen = config.integer("num_experts_per_tok");
        if (chosen < 1 || chosen > count) {
            throw config.unsupported(
                    "num_experts_per_tok must be 1 to num_experts (" + count + "), got " + chosen);
        }
        var experts =
                IntStream.range(0, count)
                        .mapToObj(expert -> path + "experts." + expert + ".")
                        .map(one -> gated(config, parts, one, "moe_intermediate_size"))
                        .toList();
        return new MixtureOfExperts(
                parts.tensor(path + "gate.weight", count, parts.width()),
                experts,
                chosen,
                config.flag("norm_topk_prob"));
    }

    private static DenseFeedForward gated(
            ModelConfig config, DecoderParts parts, String path, String inner) {
        return parts.gated(path, config.integer(inner), false, parts.activation("hidden_act"));
    }
}
