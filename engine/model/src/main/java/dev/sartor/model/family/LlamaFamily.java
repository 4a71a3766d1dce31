package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.network.Decoder;
import java.util.Optional;

/// Llama 1 to 3 and what is built like them, SmolLM2 among them (Touvron et al. 2023; transformers' modeling_llama.py).
public final class LlamaFamily implements Family {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 2048, "rms_norm_eps": 1e-6, "hidden_act": "silu",
             "tie_word_embeddings": false, "attention_bias": false, "mlp_bias": false}\
            """;

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
