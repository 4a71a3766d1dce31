package dev.sartor.model.gguf;

import dev.sartor.core.Json;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/// Reads a model's shape from GGUF metadata (ggml's docs/gguf.md, and what llama.cpp's convert_hf_to_gguf.py writes and its
/// llama-model.cpp takes where a key is missing) into the keys of config.json.
public final class GgufConfig {
    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String architecture;
    private final Optional<Family> family;
    private final Optional<GgufTraits> traits;
    private final ObjectNode config = Json.mapper().createObjectNode();

    private GgufConfig(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = architecture(file);
        this.family = GgufFamilies.find(architecture, window() > 0);
        this.traits = family.flatMap(GgufFamilies::traits);
    }

    public static String architecture(GgufFile file) {
        return file.metadata()
                .string("general.architecture")
                .orElseThrow(() -> file.metadata().absent("general.architecture"));
    }

    public static ModelConfig of(Path file, GgufFile gguf) {
        return new ModelConfig(file.toString(), new GgufConfig(gguf).read());
    }

    private ObjectNode read() {
        config.put("model_type", family.map(Family::name).orElse(architecture));
        shape();
        number("rms_norm_eps", "attention.layer_norm_rms_epsilon");
        number("layer_norm_eps", "attention.layer_norm_epsilon");
        number("layer_norm_epsilon", "attention.layer_norm_epsilon");
        config.put("vocab_size", rows(file.tensor("token_embd.weight").shape()));
        config.put("tie_word_embeddings", !has("output.weight"));
        config.put("attention_bias", has("blk.0.attn_q.bias") || has("blk.0.attn_qkv.bias"));
        config.put("mlp_bias", has("blk.0.ffn_up.bias"));
        metadata.flag(architecture + ".use_parallel_residual")
                .ifPresent(value -> config.put("use_parallel_residual", value));
        windows();
        caps();
        experts();
        new GgufRope(file, architecture, config).read(turning());
        family.flatMap(GgufFamilies::encoding)
                .ifPresent(encoding -> encoding.complete(config, file));
        return config;
    }

    private GgufTraits.Turning turning() {
        return traits.map(GgufTraits::turning).orElse(GgufTraits.Turning.WHOLE);
    }

    /// Whether `rope.dimension_count` is the heads' width.
    private boolean turnsWholeHeads() {
        return switch (turning()) {
            case WHOLE, PAIRED, BY_KIND -> true;
            case IN_PART, NONE -> false;
        };
    }

    private void shape() {
        integer("num_hidden_layers", "block_count");
        if (config.path("num_hidden_layers").asInt(0) > file.names().size()) {
            throw metadata.broken(
                    architecture
                            + ".block_count is "
                            + config.path("num_hidden_layers")
                            + ", more than it has tensors");
        }
        integer("hidden_size", "embedding_length");
        integer("intermediate_size", "feed_forward_length");
        integer("n_inner", "feed_forward_length");
        integer("num_attention_heads", "attention.head_count");
        config.set("num_key_value_heads", config.path("num_attention_heads"));
        integer("num_key_value_heads", "attention.head_count_kv");
        integer("max_position_embeddings", "context_length");
        integer("head_dim", "attention.key_length");
        if (!config.has("head_dim") && turnsWholeHeads()) {
            integer("head_dim", "rope.dimension_count");
        }
        if (!config.has("head_dim")) {
            int heads = Math.max(1, config.path("num_attention_heads").asInt(1));
            config.put("head_dim", config.path("hidden_size").asInt(0) / heads);
        }
    }

    /// A window of 0 is none.
    private long window() {
        return metadata.integer(architecture + ".attention.sliding_window").orElse(0);
    }

    private void windows() {
        long window = window();
        if (window <= 0) {
            config.putNull("sliding_window");
            return;
        }
        config.put(
                "sliding_window",
                metadata.small(architecture + ".attention.sliding_window", window));
        config.put("use_sliding_window", true);
        config.put("max_window_layers", 0);
        var pattern = architecture + ".attention.sliding_window_pattern";
        var flags = metadata.flags(pattern);
        if (flags.isPresent()) {
            var types = config.putArray("layer_types");
            for (boolean sliding : flags.get()) {
                types.add(sliding ? "sliding_attention" : "full_attention");
            }
        } else {
            metadata.integer(pattern)
                    .ifPresent(
                            n -> config.put("sliding_window_pattern", metadata.small(pattern, n)));
        }
    }

    private void caps() {
        var widest = traits.map(GgufTraits::widestLayers).orElse(OptionalInt.empty());
        if (widest.isEmpty()) {
            return;
        }
        config.putNull("attn_logit_softcapping");
        config.putNull("final_logit_softcapping");
        number("attn_logit_softcapping", "attn_logit_softcapping");
        number("final_logit_softcapping", "final_logit_softcapping");
        var scale = metadata.number(architecture + ".attention.scale");
        int width = config.path("head_dim").asInt(0);
        int layers = config.path("num_hidden_layers").asInt(0);
        // llama.cpp knows the two models whose scale is not that of their heads by their layers.
        boolean largest = layers == widest.getAsInt();
        config.put(
                "query_pre_attn_scalar",
                scale.isPresent()
                        ? 1 / (scale.getAsDouble() * scale.getAsDouble())
                        : largest
                                ? config.path("hidden_size").asDouble()
                                        / config.path("num_attention_heads").asDouble()
                                : width);
    }

    /// llama.cpp brings the weights of the chosen experts to the sum 1.
    private void experts() {
        integer("num_experts", "expert_count");
        integer("num_experts_per_tok", "expert_used_count");
        integer("moe_intermediate_size", "expert_feed_forward_length");
        if (traits.filter(GgufTraits::mixes).isEmpty()) {
            if (config.path("num_experts").asInt(0) > 0) {
                throw metadata.broken(
                        "expert_count must be 0 in the architecture '" + architecture + "'");
            }
            return;
        }
        config.put("norm_topk_prob", true);
        metadata.flag(architecture + ".expert_weights_norm")
                .ifPresent(value -> config.put("norm_topk_prob", value));
        var dense = config.putArray("mlp_only_layers");
        for (int layer = 0; layer < config.path("num_hidden_layers").asInt(0); layer++) {
            if (!has("blk." + layer + ".ffn_gate_inp.weight")) {
                dense.add(layer);
            }
        }
    }

    private int rows(List<Long> shape) {
        if (shape.size() != 2) {
            throw metadata.broken(
                    "token_embd.weight has the shape " + shape + ", which is no table");
        }
        return metadata.small("token_embd.weight's rows", shape.getFirst());
    }

    private boolean has(String tensor) {
        return file.names().contains(tensor);
    }

    private void integer(String key, String ggufKey) {
        metadata.integer(architecture + "." + ggufKey)
                .ifPresent(value ->
                        config.put(key, metadata.small(architecture + "." + ggufKey, value)));
    }

    private void number(String key, String ggufKey) {
        metadata.number(architecture + "." + ggufKey).ifPresent(value -> config.put(key, value));
    }
}
