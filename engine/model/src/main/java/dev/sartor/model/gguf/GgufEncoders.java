package dev.sartor.model.gguf;

import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// BERT and T5 as llama.cpp stores them: its names for their weights (gguf-py's tensor_mapping.py), and the keys of
/// config.json that its metadata stand for (convert_hf_to_gguf.py).
public final class GgufEncoders {
    static final String BERT = "bert";
    static final String T5 = "t5";

    /// llama.cpp's graph of T5 knows no other.
    private static final int T5_MAX_DISTANCE = 128;

    private static final Pattern BERT_LAYER =
            Pattern.compile("encoder\\.layer\\.(\\d+)\\.(.+)\\.(\\w+)");
    private static final Map<String, String> BERT_WHOLE =
            Map.of(
                    "embeddings.word_embeddings.weight", "token_embd.weight",
                    "embeddings.position_embeddings.weight", "position_embd.weight",
                    "embeddings.token_type_embeddings.weight", "token_types.weight",
                    "embeddings.LayerNorm.weight", "token_embd_norm.weight",
                    "embeddings.LayerNorm.bias", "token_embd_norm.bias");
    private static final Map<String, String> BERT_PARTS =
            Map.of(
                    "attention.self.query", "attn_q",
                    "attention.self.key", "attn_k",
                    "attention.self.value", "attn_v",
                    "attention.output.dense", "attn_output",
                    "attention.output.LayerNorm", "attn_output_norm",
                    "intermediate.dense", "ffn_up",
                    "output.dense", "ffn_down",
                    "output.LayerNorm", "layer_output_norm");

    private static final Pattern T5_LAYER =
            Pattern.compile("(enc|dec)oder\\.block\\.(\\d+)\\.layer\\.(\\d)\\.(.+)\\.weight");
    private static final Map<String, String> T5_WHOLE =
            Map.of(
                    "shared.weight", "token_embd.weight",
                    "lm_head.weight", "output.weight",
                    "encoder.final_layer_norm.weight", "enc.output_norm.weight",
                    "decoder.final_layer_norm.weight", "dec.output_norm.weight");
    private static final Map<String, String> T5_PARTS =
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

    private GgufEncoders() {}

    /// Weights under the names of transformers; those of other architectures as they are.
    public static Weights named(String architecture, Weights stored) {
        return switch (architecture) {
            case BERT, T5 -> new Renamed(architecture, stored);
            default -> stored;
        };
    }

    /// Adds what the architecture's family asks for, under its own keys.
    ///
    /// @param config has what decoders ask for, so far as the metadata say it
    static void complete(ObjectNode config, GgufFile file, String architecture) {
        switch (architecture) {
            case BERT -> {
                if (file.names().contains("token_types.weight")) {
                    var types = file.tensor("token_types.weight").shape().getFirst();
                    config.put("type_vocab_size", types.intValue());
                }
            }
            case T5 -> completeT5(config, file);
            default -> {} // a decoder
        }
    }

    private static void completeT5(ObjectNode config, GgufFile file) {
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
        config.put("relative_attention_max_distance", T5_MAX_DISTANCE);
        boolean gated = file.names().contains("enc.blk.0.ffn_gate.weight");
        config.put("feed_forward_proj", gated ? "gated-gelu" : "relu");
    }

    private static void integer(
            ObjectNode config, GgufMetadata metadata, String key, String ggufKey) {
        metadata.integer(ggufKey)
                .ifPresent(value -> config.put(key, metadata.small(ggufKey, value)));
    }

    static String ggufName(String architecture, String name) {
        return architecture.equals(BERT) ? bertName(name) : t5Name(name);
    }

    private static String bertName(String name) {
        var layer = BERT_LAYER.matcher(name);
        if (!layer.matches()) {
            return BERT_WHOLE.getOrDefault(name, name);
        }
        return part(layer.group(2), BERT_PARTS)
                .map(part -> "blk." + layer.group(1) + "." + part + "." + layer.group(3))
                .orElse(name);
    }

    private static String t5Name(String name) {
        var layer = T5_LAYER.matcher(name);
        if (!layer.matches()) {
            return T5_WHOLE.getOrDefault(name, name);
        }
        var part =
                layer.group(4).equals("layer_norm")
                        ? Optional.of(normBefore(layer))
                        : part(layer.group(4), T5_PARTS);
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

    private static Optional<String> part(String module, Map<String, String> parts) {
        return Optional.ofNullable(parts.get(module));
    }

    private record Renamed(String architecture, Weights stored) implements Weights {
        @Override
        public boolean has(String name) {
            return stored.has(ggufName(architecture, name));
        }

        @Override
        public List<Long> shape(String name) {
            return stored.shape(ggufName(architecture, name));
        }

        @Override
        public void readInto(String name, Tensor target) {
            stored.readInto(ggufName(architecture, name), target);
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
