package dev.sartor.model.family.kind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// GGUF's names for the modules of a family of decoders (gguf-py's tensor_mapping.py).
///
/// @param whole for modules outside of layers
/// @param path of the layers, with a dot at its end
/// @param inLayer for modules of each layer
/// @param byHead the module whose rows transformers has head by head, and GGUF side by side
public record GgufNaming(
        SequencedMap<String, String> whole,
        String path,
        SequencedMap<String, String> inLayer,
        Optional<String> byHead) {
    private static final String LAYERS = "model.layers.";

    private static final SequencedMap<String, String> OUTSIDE =
            names(
                    "model.embed_tokens", "token_embd",
                    "model.norm", "output_norm",
                    "lm_head", "output");

    /// Most families'.
    public static final GgufNaming USUAL =
            new GgufNaming(
                    OUTSIDE,
                    LAYERS,
                    names(
                            "input_layernorm", "attn_norm",
                            "self_attn.q_proj", "attn_q",
                            "self_attn.k_proj", "attn_k",
                            "self_attn.v_proj", "attn_v",
                            "self_attn.qkv_proj", "attn_qkv",
                            "self_attn.q_norm", "attn_q_norm",
                            "self_attn.k_norm", "attn_k_norm",
                            "self_attn.o_proj", "attn_output",
                            "post_attention_layernorm", "ffn_norm",
                            "mlp.gate", "ffn_gate_inp",
                            "mlp.gate_proj", "ffn_gate",
                            "mlp.up_proj", "ffn_up",
                            "mlp.down_proj", "ffn_down"),
                    Optional.empty());

    public GgufNaming {
        whole = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(whole));
        inLayer = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inLayer));
    }

    /// With other modules in the layers.
    public GgufNaming with(SequencedMap<String, String> layers) {
        return new GgufNaming(whole, path, layers, byHead);
    }

    /// @param pairs each module's name and GGUF's word for it
    public static SequencedMap<String, String> names(String... pairs) {
        var names = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1]);
        }
        return names;
    }
}
