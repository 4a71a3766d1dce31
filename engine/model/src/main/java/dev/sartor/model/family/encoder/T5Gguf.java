package dev.sartor.model.family.encoder;

import dev.sartor.model.family.kind.GgufEncoding;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// T5 as llama.cpp stores it (gguf-py's tensor_mapping.py, convert_hf_to_gguf.py).
final class T5Gguf implements GgufEncoding {
    /// llama.cpp's graph of T5 knows no other.
    private static final int MAX_DISTANCE = 128;

    private static final Pattern LAYER =
            Pattern.compile("(enc|dec)oder\\.block\\.(\\d+)\\.layer\\.(\\d)\\.(.+)\\.weight");
    private static final Map<String, String> WHOLE =
            Map.of(
                    "shared.weight", "token_embd.weight",
                    "lm_head.weight", "output.weight",
                    "encoder.final_layer_norm.weight", "enc.output_norm.weight",
                    "decoder.final_layer_norm.weight", "dec.output_norm.weight");
    private static final Map<String, String> PARTS =
            Map.ofEntries(
                    Map.entry("SelfAttention.q", "attn_q"),
                    Map.entry("SelfAttention.k", "attn_k"),
                    Map.entry("SelfAttention.v", "attn_v"),
                    Map.entry("SelfAttention.o", "attn_o"),
                    Map.entry("SelfAttention.relative_attention_bias", "attn_rel_b"),
                    Map.entry("EncDecAttention.q", "cross_attn_q"),
                    Map.entry("EncDecAttention.k", "cross_attn_k"),
                    Map.entry("EncDecAttention.v", "cross_attn_v"),
                    Map.entry("EncDecAttention.o", "cross_attn_o"),
                    Map.entry("DenseReluDense.wi", "ffn_up"),
                    Map.entry("DenseReluDense.wi_0", "ffn_gate"),
                    Map.entry("DenseReluDense.wi_1", "ffn_up"),
                    Map.entry("DenseReluDense.wo", "ffn_down"));

    @Override
    public String architecture() {
        return "t5";
    }

    @Override
    public String tensor(String name) {
        var layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return WHOLE.getOrDefault(name, name);
        }
        var part =
                layer.group(4).equals("layer_norm")
                        ? Optional.of(normBefore(layer))
                        : Optional.ofNullable(PARTS.get(layer.group(4)));
        return part.map(p -> layer.group(1) + ".blk." + layer.group(2) + "." + p + ".weight")
                .orElse(name);
    }

    /// The first part of a layer is attention, the last the feed-forward network; a decoder has another attention between.
    private static String normBefore(Matcher layer) {
        return switch (layer.group(1) + layer.group(3)) {
            case "enc0", "dec0" -> "attn_norm";
            case "dec1" -> "cross_attn_norm";
            default -> "ffn_norm";
        };
    }

    @Override
    public void complete(ObjectNode config, GgufFile file) {
        var metadata = file.metadata();
        config.set("d_model", config.path("hidden_size"));
        config.set("d_ff", config.path("intermediate_size"));
        config.set("num_heads", config.path("num_attention_heads"));
        config.set("num_layers", config.path("num_hidden_layers"));
        config.set("d_kv", config.path("head_dim"));
        integer(config, metadata, "num_decoder_layers", "t5.decoder_block_count");
        integer(config, metadata, "decoder_start_token_id", "t5.decoder_start_token_id");
        integer(
                config,
                metadata,
                "relative_attention_num_buckets",
                "t5.attention.relative_buckets_count");
        integer(config, metadata, "eos_token_id", "tokenizer.ggml.eos_token_id");
        metadata.number("t5.attention.layer_norm_rms_epsilon")
                .ifPresent(epsilon -> config.put("layer_norm_epsilon", epsilon));
        config.put("relative_attention_max_distance", MAX_DISTANCE);
        boolean gated = file.names().contains("enc.blk.0.ffn_gate.weight");
        config.put("feed_forward_proj", gated ? "gated-gelu" : "relu");
    }

    private static void integer(
            ObjectNode config, GgufMetadata metadata, String key, String ggufKey) {
        metadata.integer(ggufKey)
                .ifPresent(value -> config.put(key, metadata.small(ggufKey, value)));
    }
}
