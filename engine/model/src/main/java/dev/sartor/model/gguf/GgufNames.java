package dev.sartor.model.gguf;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where the weights that transformers names stand in a GGUF file (gguf-py's tensor_mapping.py).
public final class GgufNames {
    /// @param expert which matrix of a tensor that holds all experts'
    public record Place(String tensor, OptionalInt expert) {}

    private static final Pattern LAYER =
            Pattern.compile(
                    "(?:model\\.layers|transformer\\.h|gpt_neox\\.layers)\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Pattern EXPERT = Pattern.compile("mlp\\.experts\\.(\\d+)\\.(.+)");
    private static final Pattern OTHER = Pattern.compile("(.+)\\.(weight|bias)");
    private static final Map<String, String> WHOLE =
            Map.of(
                    "model.embed_tokens", "token_embd",
                    "transformer.wte", "token_embd",
                    "gpt_neox.embed_in", "token_embd",
                    "transformer.wpe", "position_embd",
                    "model.norm", "output_norm",
                    "transformer.ln_f", "output_norm",
                    "gpt_neox.final_layer_norm", "output_norm",
                    "lm_head", "output",
                    "embed_out", "output");
    private static final Map<String, String> BLOCK =
            Map.ofEntries(
                    Map.entry("input_layernorm", "attn_norm"),
                    Map.entry("self_attn.q_proj", "attn_q"),
                    Map.entry("self_attn.k_proj", "attn_k"),
                    Map.entry("self_attn.v_proj", "attn_v"),
                    Map.entry("self_attn.qkv_proj", "attn_qkv"),
                    Map.entry("self_attn.o_proj", "attn_output"),
                    Map.entry("self_attn.q_norm", "attn_q_norm"),
                    Map.entry("self_attn.k_norm", "attn_k_norm"),
                    Map.entry("post_attention_layernorm", "ffn_norm"),
                    Map.entry("pre_feedforward_layernorm", "ffn_norm"),
                    Map.entry("post_feedforward_layernorm", "post_ffw_norm"),
                    Map.entry("mlp.gate_proj", "ffn_gate"),
                    Map.entry("mlp.up_proj", "ffn_up"),
                    Map.entry("mlp.gate_up_proj", "ffn_up"),
                    Map.entry("mlp.down_proj", "ffn_down"),
                    Map.entry("mlp.gate", "ffn_gate_inp"),
                    Map.entry("ln_1", "attn_norm"),
                    Map.entry("attn.c_attn", "attn_qkv"),
                    Map.entry("attn.c_proj", "attn_output"),
                    Map.entry("ln_2", "ffn_norm"),
                    Map.entry("mlp.c_fc", "ffn_up"),
                    Map.entry("mlp.c_proj", "ffn_down"),
                    Map.entry("attention.query_key_value", "attn_qkv"),
                    Map.entry("attention.dense", "attn_output"),
                    Map.entry("mlp.dense_h_to_4h", "ffn_up"),
                    Map.entry("mlp.dense_4h_to_h", "ffn_down"));
    private static final Map<String, String> EXPERTS =
            Map.of(
                    "gate_proj", "ffn_gate_exps",
                    "up_proj", "ffn_up_exps",
                    "down_proj", "ffn_down_exps");

    private final boolean sandwich;

    /// @param architecture in GGUF's word; Gemma 2 and 3 have a norm behind attention under the name that others have for
    ///     the one before the feed-forward network
    public GgufNames(String architecture) {
        this.sandwich = architecture.equals("gemma2") || architecture.equals("gemma3");
    }

    /// A name that GGUF has no word for stays as it is.
    public Place place(String name) {
        var layer = LAYER.matcher(name);
        if (layer.matches()) {
            return inLayer("blk." + layer.group(1) + ".", layer.group(2), "." + layer.group(3));
        }
        var other = OTHER.matcher(name);
        var tensor =
                other.matches() && WHOLE.containsKey(other.group(1))
                        ? WHOLE.get(other.group(1)) + "." + other.group(2)
                        : name;
        return new Place(tensor, OptionalInt.empty());
    }

    private Place inLayer(String block, String module, String kind) {
        var expert = EXPERT.matcher(module);
        if (expert.matches()) {
            var tensor = EXPERTS.getOrDefault(expert.group(2), expert.group(2));
            return new Place(
                    block + tensor + kind, OptionalInt.of(Integer.parseInt(expert.group(1))));
        }
        var word =
                sandwich && module.equals("post_attention_layernorm")
                        ? "post_attention_norm"
                        : BLOCK.getOrDefault(module, module);
        return new Place(block + word + kind, OptionalInt.empty());
    }
}
