package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import java.util.Optional;

/// Qwen2 and Qwen2.5: biases on queries, keys and values; upper layers may see a window only (Yang et al. 2024;
/// transformers' modeling_qwen2.py).
final class Qwen2Family implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 32768, "num_key_value_heads": 32, "rms_norm_eps": 1e-6,
             "hidden_act": "silu", "use_sliding_window": false, "sliding_window": 4096,
             "max_window_layers": 28, "tie_word_embeddings": false}\
            """;

    @Override
    public String name() {
        return "qwen2";
    }

    @Override
    public String transformersClass() {
        return "Qwen2ForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return DecoderFamily.super.names().targeting("q_proj", "v_proj");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.withBiases(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GgufTraits.of("qwen2"));
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
        var windows = windows(config);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer) + "self_attn.";
                    var attention =
                            new Attention(
                                    parts.queryKeyValue(path, true),
                                    parts.output(path, false),
                                    parts.shape(),
                                    Optional.empty(),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer)));
                    return parts.block(layer, attention, parts.gated(layer, false));
                }));
    }

    /// As Qwen3 has them, too.
    static LayerWindows windows(ModelConfig config) {
        int whole = config.integer("max_window_layers");
        return LayerWindows.of(config, config.flag("use_sliding_window"), layer -> layer >= whole);
    }
}
