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

/// Llama 1 to 3 and what is built like them, SmolLM2 among them (Touvron et al. 2023; transformers' modeling_llama.py).
public final class LlamaFamily implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 2048, "rms_norm_eps": 1e-6, "hidden_act": "silu",
             "tie_word_embeddings": false, "attention_bias": false, "mlp_bias": false}\
            """;

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public String transformersClass() {
        return "LlamaForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return DecoderFamily.super.names().targeting("q_proj", "v_proj");
    }

    @Override
    public List<String> ownKeys() {
        return List.of("attention_bias", "mlp_bias");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.of(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GgufTraits.of("llama").turned(GgufTraits.Turning.PAIRED));
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
        var biased = config.flag("attention_bias");
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer) + "self_attn.";
                    return parts.block(
                            layer,
                            parts.attention(
                                    path, biased, Optional.empty(), Optional.of(rope), rule),
                            parts.gated(layer, config.flag("mlp_bias")));
                }));
    }
}
