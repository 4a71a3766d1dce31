package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.Rope;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gemma 3, text only: five layers with a window to one without, each kind with a rope of its own; queries and keys are
/// normalised (Gemma Team 2025; transformers' modeling_gemma3.py).
final class Gemma3Family implements DecoderFamily {
    /// Of the 27B model.
    private static final int WIDEST = 62;

    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 131072, "num_key_value_heads": 4, "head_dim": 256,
             "rms_norm_eps": 1e-6, "hidden_activation": "gelu_pytorch_tanh",
             "attention_bias": false, "query_pre_attn_scalar": 256, "sliding_window": 4096,
             "sliding_window_pattern": 6, "tie_word_embeddings": true}\
            """;

    @Override
    public String name() {
        return "gemma3_text";
    }

    @Override
    public String transformersClass() {
        return "Gemma3ForCausalLM";
    }

    @Override
    public NetworkNames names() {
        return DecoderFamily.super.names().targeting("q_proj", "v_proj");
    }

    @Override
    public List<String> ownKeys() {
        return GemmaParts.KEYS;
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.sandwiched(config, true);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(
                GemmaParts.gguf("gemma3", WIDEST, Gemma3Family::windows)
                        .turned(GgufTraits.Turning.BY_KIND));
    }

    @Override
    public Weights arranged(Weights safetensors) {
        return new GemmaWeights(safetensors);
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.renamed(Map.of("_sliding_window_pattern", "sliding_window_pattern"))
                .withDefaults(DEFAULTS);
    }

    @Override
    public Tensor stored(String name, Tensor own) {
        return GemmaWeights.stored(name, own);
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        if (config.has("attn_logit_softcapping")) {
            throw config.unsupported(
                    "attn_logit_softcapping must be null in Gemma 3, whose queries and keys are normalised instead, got "
                            + config.number("attn_logit_softcapping"));
        }
        var gemma = GemmaParts.of(config, weights);
        var parts = gemma.parts();
        var type = parts.type();
        var far = rope(config, "full_attention", "rope_theta", 1e6, type);
        var near = rope(config, "sliding_attention", "rope_local_base_freq", 1e4, type);
        var windows = windows(config);
        return gemma.decoder(
                names(),
                parts.blocks(layer ->
                        gemma.block(
                                layer,
                                Optional.of(
                                        parts.queryKeyNorm(
                                                DecoderParts.layer(layer) + "self_attn.")),
                                windows.sliding().get(layer) ? near : far,
                                gemma.rule(windows.at(layer)))));
    }

    /// transformers 5 has a group of settings for each kind of layer; in transformers 4, `rope_scaling` is for layers
    /// without a window.
    private static Rope rope(
            ModelConfig config, String kind, String olderTheta, double theta, DType type) {
        var scaling = config.nothing();
        if (config.has("rope_parameters")) {
            var groups = config.under("rope_parameters");
            if (groups.has("rope_type") || groups.has("rope_theta")) {
                throw groups.unsupported(
                        "must have a group each for full_attention and sliding_attention in Gemma 3");
            }
            scaling = groups.has(kind) ? groups.under(kind) : scaling;
        }
        if (config.has("rope_scaling") && kind.equals("full_attention")) {
            scaling = config.under("rope_scaling");
        }
        double base = scaling.number("rope_theta", config.number(olderTheta, theta));
        return RopeSettings.of(config, scaling, config.integer("head_dim"), base, type);
    }

    private static LayerWindows windows(ModelConfig config) {
        int pattern = Math.max(1, config.integer("sliding_window_pattern"));
        return LayerWindows.of(config, true, layer -> (layer + 1) % pattern != 0);
    }
}
