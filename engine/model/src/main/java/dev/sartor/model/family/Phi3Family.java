package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import java.util.List;
import java.util.Optional;

/// Phi-3 and Phi-3.5: query, key and value are one matrix in the files, too, as are gate and up; long contexts by LongRoPE
/// (Abdin et al. 2024; transformers' modeling_phi3.py).
final class Phi3Family implements DecoderFamily {
    private static final GgufNaming NAMING =
            GgufNaming.USUAL.with(
                    GgufNaming.names(
                            "input_layernorm", "attn_norm",
                            "self_attn.q_proj", "attn_q",
                            "self_attn.k_proj", "attn_k",
                            "self_attn.v_proj", "attn_v",
                            "self_attn.qkv_proj", "attn_qkv",
                            "self_attn.o_proj", "attn_output",
                            "post_attention_layernorm", "ffn_norm",
                            "mlp.gate_up_proj", "ffn_up",
                            "mlp.down_proj", "ffn_down"));

    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 4096, "original_max_position_embeddings": 4096,
             "rms_norm_eps": 1e-5, "hidden_act": "silu", "tie_word_embeddings": false}\
            """;

    @Override
    public String name() {
        return "phi3";
    }

    @Override
    public String transformersClass() {
        return "Phi3ForCausalLM";
    }

    @Override
    public List<String> ownKeys() {
        return List.of("sliding_window", "partial_rotary_factor");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.of(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(
                GgufTraits.of("phi3")
                        .named(NAMING)
                        .turned(GgufTraits.Turning.IN_PART)
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
        var rope = RopeSettings.partial(config, parts.shape().width(), parts.type());
        var rule = AttentionRule.full(parts.shape().width());
        var windows = LayerWindows.everywhere(config);
        return parts.decoder(
                names(),
                parts.blocks(layer -> {
                    var path = DecoderParts.layer(layer);
                    var attention =
                            new Attention(
                                    fused(
                                            parts,
                                            path + "self_attn.qkv_proj",
                                            parts.shape().projected()),
                                    parts.output(path + "self_attn.", false),
                                    parts.shape(),
                                    Optional.empty(),
                                    Optional.of(rope),
                                    rule.within(windows.at(layer)));
                    return parts.block(layer, attention, feedForward(config, parts, path + "mlp."));
                }));
    }

    private static DenseFeedForward feedForward(
            ModelConfig config, DecoderParts parts, String path) {
        int inner = config.integer("intermediate_size");
        return new DenseFeedForward(
                fused(parts, path + "gate_up_proj", 2 * inner),
                parts.activation("hidden_act"),
                true,
                parts.linear(inner, false, new Linear.Part(path + "down_proj", parts.width())));
    }

    private static Linear fused(DecoderParts parts, String module, int out) {
        return parts.linear(parts.width(), false, new Linear.Part(module, out));
    }
}
