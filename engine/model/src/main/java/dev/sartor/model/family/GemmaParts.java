package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Rope;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.model.layer.QueryKeyNorm;
import dev.sartor.model.layer.SandwichBlock;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// What Gemma 2 and Gemma 3 share: four norms in each block, vectors scaled by √width, capped scores and logits (Gemma
/// Team 2024, section 2).
record GemmaParts(ModelConfig config, WeightLoader weights, DecoderParts parts) {
    /// Of config.json, beside those that all families have.
    static final List<String> KEYS =
            List.of(
                    "attention_bias",
                    "sliding_window",
                    "layer_types",
                    "sliding_window_pattern",
                    "query_pre_attn_scalar",
                    "attn_logit_softcapping",
                    "final_logit_softcapping");

    /// @param widest see {@link GgufTraits#widestLayers}
    static GgufTraits gguf(
            String architecture, int widest, Function<ModelConfig, LayerWindows> windows) {
        var naming =
                GgufNaming.USUAL.with(
                        GgufNaming.names(
                                "input_layernorm", "attn_norm",
                                "self_attn.q_proj", "attn_q",
                                "self_attn.k_proj", "attn_k",
                                "self_attn.v_proj", "attn_v",
                                "self_attn.q_norm", "attn_q_norm",
                                "self_attn.k_norm", "attn_k_norm",
                                "self_attn.o_proj", "attn_output",
                                "post_attention_layernorm", "post_attention_norm",
                                "pre_feedforward_layernorm", "ffn_norm",
                                "post_feedforward_layernorm", "post_ffw_norm",
                                "mlp.gate_proj", "ffn_gate",
                                "mlp.up_proj", "ffn_up",
                                "mlp.down_proj", "ffn_down"));
        return GgufTraits.of(architecture)
                .named(naming)
                .set(GgufTraits.Settings.gated("hidden_activation", "gelu_pytorch_tanh"))
                .windowed(new GgufTraits.Windows(true, Optional.of(windows)))
                .capped(widest);
    }

    static GemmaParts of(ModelConfig config, WeightLoader weights) {
        return new GemmaParts(config, weights, DecoderParts.of(config, weights));
    }

    /// √width in the type that the network computes in: transformers rounds it so.
    Decoder decoder(NetworkNames names, List<DecoderBlock> blocks) {
        var scale =
                weights.owner().adopt(Tensors.full(Math.sqrt(parts.width()), weights.type(), 1));
        var tokens = parts.embedding("model.embed_tokens", config.integer("vocab_size"));
        var output =
                new DecoderOutput(
                        parts.norm("model.norm"),
                        parts.head("lm_head", tokens),
                        config.optionalNumber("final_logit_softcapping"));
        return new Decoder(
                config,
                names,
                new DecoderInput(tokens, Optional.empty(), Optional.of(scale)),
                blocks,
                output,
                weights.own());
    }

    SandwichBlock block(int layer, Optional<QueryKeyNorm> norm, Rope rope, AttentionRule rule) {
        var path = DecoderParts.layer(layer);
        return new SandwichBlock(
                new SandwichBlock.Around(
                        parts.norm(path + "input_layernorm"),
                        parts.norm(path + "post_attention_layernorm")),
                parts.attention(
                        path + "self_attn.",
                        config.flag("attention_bias"),
                        norm,
                        Optional.of(rope),
                        rule),
                new SandwichBlock.Around(
                        parts.norm(path + "pre_feedforward_layernorm"),
                        parts.norm(path + "post_feedforward_layernorm")),
                parts.gated(
                        path + "mlp.",
                        config.integer("intermediate_size"),
                        false,
                        parts.activation("hidden_activation")));
    }

    AttentionRule rule(OptionalInt window) {
        return new AttentionRule(
                1 / Math.sqrt(config.number("query_pre_attn_scalar")),
                window,
                config.optionalNumber("attn_logit_softcapping"));
    }
}
