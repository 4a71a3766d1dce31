package dev.sartor.model.gguf;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The config.json of a model that came as a GGUF file, as transformers reads it.
public final class TransformersConfig {
    private TransformersConfig() {}

    /// @param read the file's shape under the keys of config.json
    public static ObjectNode of(ModelConfig read, GgufFile file) {
        var from = read.json();
        var config = Json.mapper().createObjectNode();
        var family = decoder(read);
        config.putArray("architectures").add(family.transformersClass());
        family.configKeys().forEach((key, own) -> copy(from, key, config, own));
        turns(config, from);
        wholeScalar(config);
        tokens(config, file.metadata());
        return config;
    }

    private static DecoderFamily decoder(ModelConfig read) {
        return Families.named(read.family(), DecoderFamily.class)
                .orElseThrow(() ->
                        SartorException.user(
                                "a GGUF file of the family '"
                                        + read.family()
                                        + "' cannot be written as a Hugging Face directory: take"
                                        + " the model's folder with safetensors"));
    }

    /// A float of the file becomes the shortest decimal that means it, as its makers wrote it.
    private static void copy(ObjectNode from, String key, ObjectNode config, String own) {
        var value = from.path(key);
        if (value.isDouble() && value.doubleValue() == (float) value.doubleValue()) {
            config.put(own, Double.parseDouble(Float.toString((float) value.doubleValue())));
        } else if (from.has(key)) {
            config.set(own, value);
        }
    }

    /// transformers 5 wants the kind of a rope said; 4 reads θ beside it.
    private static void turns(ObjectNode config, ObjectNode from) {
        if (!(config.get("rope_parameters") instanceof ObjectNode rope)) {
            return;
        }
        for (var kind : List.of("full_attention", "sliding_attention")) {
            if (rope.get(kind) instanceof ObjectNode own && !own.has("rope_type")) {
                own.put("rope_type", "default");
            }
        }
        if (!rope.has("full_attention")) {
            if (!rope.has("rope_type")) {
                rope.put("rope_type", "default");
            }
            if (!rope.has("rope_theta")) {
                rope.put("rope_theta", 10_000.0);
            }
            if (rope.path("rope_type").asString("").equals("default")) {
                rope.remove("original_max_position_embeddings");
            }
            config.set("rope_theta", rope.get("rope_theta"));
            if (config.has("partial_rotary_factor")) {
                rope.set("partial_rotary_factor", from.get("partial_rotary_factor"));
            }
        }
    }

    /// A whole number in transformers, and the inverse square of a float in GGUF.
    private static void wholeScalar(ObjectNode config) {
        double scalar = config.path("query_pre_attn_scalar").asDouble(0);
        if (scalar > 0 && Math.abs(scalar - Math.rint(scalar)) < 1e-5 * scalar) {
            config.put("query_pre_attn_scalar", Math.round(scalar));
        }
    }

    /// Null where the file names none, or transformers would take those of the family's first model.
    private static void tokens(ObjectNode config, GgufMetadata metadata) {
        for (var name : List.of("bos", "eos", "padding")) {
            var key = (name.equals("padding") ? "pad" : name) + "_token_id";
            config.putNull(key);
            metadata.integer("tokenizer.ggml." + name + "_token_id")
                    .ifPresent(id -> config.put(key, id));
        }
    }
}
