package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import java.util.List;
import java.util.Optional;

/// Qwen3: every head's query and key are normalised (Yang et al. 2025; transformers' modeling_qwen3.py).
final class Qwen3Family implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 32768, "num_key_value_heads": 32, "head_dim": 128,
             "rms_norm_eps": 1e-6, "hidden_act": "silu", "attention_bias": false,
             "use_sliding_window": false, "sliding_window": 4096, "max_window_layers": 28,
             "tie_word_embeddings": false}\
            """;

    @Override
    public String name() {
        return "qwen3";
    }

    @Override
    public String transformersClass() {
        return "Qwen3ForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return DecoderFamily.super.names().targeting("q_proj", "v_proj");
    }

    @Override
    public List<String> ownKeys() {
        return List.of("attention_bias");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.withNorms(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GgufTraits.of("qwen3"));
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.withDefaults(DEFAULTS);
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var parts = DecoderParts.of(config, weights);
        var rope = parts.rope();
        var rule = AttentionRule.full(parts.shape().width());
        var windows = Qwen2Family.windows(config);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer) + "self_attn.";
                    return parts.block(
                            layer,
                            parts.attention(
                                    path,
                                    config.flag("attention_bias"),
                                    Optional.of(parts.queryKeyNorm(path)),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer))),
                            parts.gated(layer, false));
                }));
    }
}
