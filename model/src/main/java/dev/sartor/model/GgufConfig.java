package dev.sartor.model;

import dev.sartor.core.Json;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// Reads a model's shape from GGUF metadata (ggml's docs/gguf.md) into the keys of config.json.
final class GgufConfig {
    private final GgufMetadata metadata;
    private final String architecture;
    private final ObjectNode config = Json.mapper().createObjectNode();

    private GgufConfig(GgufMetadata metadata) {
        this.metadata = metadata;
        this.architecture =
                metadata.string("general.architecture")
                        .orElseThrow(() -> metadata.absent("general.architecture"));
    }

    static ModelConfig of(Path file, GgufFile gguf) {
        return new ModelConfig(file.toString(), new GgufConfig(gguf.metadata()).read(gguf));
    }

    private ObjectNode read(GgufFile gguf) {
        config.put("model_type", architecture);
        integer("num_hidden_layers", "block_count");
        integer("hidden_size", "embedding_length");
        integer("intermediate_size", "feed_forward_length");
        integer("num_attention_heads", "attention.head_count");
        integer("num_key_value_heads", "attention.head_count_kv");
        integer("max_position_embeddings", "context_length");
        integer("head_dim", "attention.key_length");
        if (!config.has("head_dim")) {
            integer("head_dim", "rope.dimension_count");
        }
        number("rms_norm_eps", "attention.layer_norm_rms_epsilon");
        number("rope_theta", "rope.freq_base");
        config.put("vocab_size", gguf.tensor("token_embd.weight").shape().getFirst().intValue());
        config.put("tie_word_embeddings", !gguf.names().contains("output.weight"));
        scaling();
        return config;
    }

    private void scaling() {
        metadata.string(architecture + ".rope.scaling.type")
                .filter(type -> !type.equals("none"))
                .ifPresent(type -> {
                    var scaling = config.putObject("rope_scaling");
                    scaling.put("rope_type", type);
                    metadata.number(architecture + ".rope.scaling.factor")
                            .ifPresent(f -> scaling.put("factor", f));
                });
    }

    private void integer(String key, String ggufKey) {
        metadata.integer(architecture + "." + ggufKey)
                .ifPresent(value -> config.put(key, Math.toIntExact(value)));
    }

    private void number(String key, String ggufKey) {
        metadata.number(architecture + "." + ggufKey).ifPresent(value -> config.put(key, value));
    }
}
