package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// SmolLM3: Llama whose every fourth layer knows no positions (Bakouch et al. 2025; transformers' modeling_smollm3.py).
final class SmolLm3Family implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 32768, "num_key_value_heads": 4, "rope_theta": 2e6,
             "rms_norm_eps": 1e-6, "hidden_act": "silu", "attention_bias": false, "mlp_bias": false,
             "no_rope_layer_interval": 4, "use_sliding_window": false, "tie_word_embeddings": true}\
            """;

    @Override
    public String name() {
        return "smollm3";
    }

    @Override
    public String transformersClass() {
        return "SmolLM3ForCausalLM";
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
        return Optional.of(GgufTraits.of("smollm3").turned(GgufTraits.Turning.PAIRED));
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
        var turned = turned(config);
        var windows =
                LayerWindows.of(
                        config, config.flag("use_sliding_window"), layer -> turned[layer] == 0);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer) + "self_attn.";
                    return parts.block(
                            layer,
                            parts.attention(
                                    path,
                                    config.flag("attention_bias"),
                                    Optional.empty(),
                                    turned[layer] == 0 ? Optional.empty() : Optional.of(rope),
                                    rule.within(windows.at(layer))),
                            parts.gated(layer, config.flag("mlp_bias")));
                }));
    }

    /// For each layer 1 where positions are turned, 0 where not: despite its name, `no_rope_layers` says so.
    private static double[] turned(ModelConfig config) {
        int layers = config.integer("num_hidden_layers");
        int interval = config.integer("no_rope_layer_interval");
        var turned =
                config.has("no_rope_layers")
                        ? config.numbers("no_rope_layers")
                        : IntStream.range(0, layers)
                                .mapToDouble(layer -> (layer + 1) % interval == 0 ? 0 : 1)
                                .toArray();
        if (turned.length != layers) {
            throw config.unsupported(
                    "no_rope_layers must be as long as num_hidden_layers ("
                            + layers
                            + "), got "
                            + turned.length);
        }
        return turned;
    }
}
