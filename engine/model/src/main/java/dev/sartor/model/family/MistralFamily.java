package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import java.util.List;
import java.util.Optional;

/// Mistral: Llama with a window that slides over the text (Jiang et al. 2023; transformers' modeling_mistral.py).
final class MistralFamily implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 131072, "num_key_value_heads": 8, "rms_norm_eps": 1e-6,
             "hidden_act": "silu", "sliding_window": 4096, "tie_word_embeddings": false}\
            """;

    @Override
    public String name() {
        return "mistral";
    }

    @Override
    public String transformersClass() {
        return "MistralForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return DecoderFamily.super.names().targeting("q_proj", "v_proj");
    }

    @Override
    public List<String> ownKeys() {
        return List.of("sliding_window");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.of(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(
                GgufTraits.of("llama")
                        .turned(GgufTraits.Turning.PAIRED)
                        .windowed(GgufTraits.Windows.EVERYWHERE));
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
        var windows = LayerWindows.everywhere(config);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer) + "self_attn.";
                    return parts.block(
                            layer,
                            parts.attention(
                                    path,
                                    false,
                                    Optional.empty(),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer))),
                            parts.gated(layer, false));
                }));
    }
}
