package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Optional;

/// Gemma 2: every other layer sees a window only (Gemma Team 2024; transformers' modeling_gemma2.py).
final class Gemma2Family implements DecoderFamily {
    /// Of the 27B model.
    private static final int WIDEST = 46;

    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 8192, "num_key_value_heads": 4, "head_dim": 256,
             "rms_norm_eps": 1e-6, "hidden_activation": "gelu_pytorch_tanh",
             "attention_bias": false, "query_pre_attn_scalar": 256, "sliding_window": 4096,
             "final_logit_softcapping": 30.0, "attn_logit_softcapping": 50.0,
             "tie_word_embeddings": true}\
            """;

    @Override
    public String name() {
        return "gemma2";
    }

    @Override
    public String transformersClass() {
        return "Gemma2ForCausalLM";
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
        return GatedShape.sandwiched(config, false);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GemmaParts.gguf("gemma2", WIDEST, Gemma2Family::windows));
    }

    @Override
    public Weights arranged(Weights safetensors) {
        return new GemmaWeights(safetensors);
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.withDefaults(DEFAULTS);
    }

    @Override
    public Tensor stored(String name, Tensor own) {
        return GemmaWeights.stored(name, own);
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var gemma = GemmaParts.of(config, weights);
        var parts = gemma.parts();
        var rope = RopeSettings.whole(config, parts.shape().width(), parts.type());
        var windows = windows(config);
        return gemma.decoder(
                names(),
                parts.blocks(layer ->
                        gemma.block(layer, Optional.empty(), rope, gemma.rule(windows.at(layer)))));
    }

    private static LayerWindows windows(ModelConfig config) {
        return LayerWindows.of(config, true, layer -> layer % 2 == 0);
    }
}
