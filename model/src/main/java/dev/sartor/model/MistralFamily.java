package dev.sartor.model;

import java.util.Optional;

/// Mistral: Llama with a window that slides over the text (Jiang et al. 2023; transformers' modeling_mistral.py).
final class MistralFamily implements Family {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 131072, "num_key_value_heads": 8, "rms_norm_eps": 1e-6,
             "hidden_act": "silu", "sliding_window": 4096, "tie_word_embeddings": false}\
            """;

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = given.withDefaults(DEFAULTS);
        var parts = DecoderParts.of(config, weights);
        var rope = RopeSettings.whole(config, parts.shape().width(), parts.type());
        var rule = AttentionRule.full(parts.shape().width());
        var windows = LayerWindows.everywhere(config);
        return parts.decoder(
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer);
                    return new SequentialBlock(
                            parts.norm(path + "input_layernorm"),
                            parts.attention(
                                    path + "self_attn.",
                                    false,
                                    Optional.empty(),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer))),
                            parts.norm(path + "post_attention_layernorm"),
                            parts.gated(
                                    path + "mlp.",
                                    config.integer("intermediate_size"),
                                    false,
                                    parts.activation("hidden_act")));
                }));
    }
}
