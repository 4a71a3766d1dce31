package dev.sartor.model;

import java.util.Optional;

/// Llama 1 to 3 and what is built like them, SmolLM2 among them (Touvron et al. 2023; transformers' modeling_llama.py).
final class LlamaFamily implements Family {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 2048, "rms_norm_eps": 1e-6, "hidden_act": "silu",
             "tie_word_embeddings": false, "attention_bias": false, "mlp_bias": false}\
            """;

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = given.withDefaults(DEFAULTS);
        var parts = DecoderParts.of(config, weights);
        var rope = RopeSettings.whole(config, parts.shape().width(), parts.type());
        var rule = AttentionRule.full(parts.shape().width());
        var biased = config.flag("attention_bias");
        return parts.decoder(
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer);
                    return new SequentialBlock(
                            parts.norm(path + "input_layernorm"),
                            parts.attention(
                                    path + "self_attn.",
                                    biased,
                                    Optional.empty(),
                                    Optional.of(rope),
                                    rule),
                            parts.norm(path + "post_attention_layernorm"),
                            parts.gated(
                                    path + "mlp.",
                                    config.integer("intermediate_size"),
                                    config.flag("mlp_bias"),
                                    parts.activation("hidden_act")));
                }));
    }
}
