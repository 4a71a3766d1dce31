package dev.sartor.model.gguf;

import dev.sartor.core.Json;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.gguf.GgmlBlocks;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a model's rope from GGUF metadata into `rope_parameters` of transformers. Factors for each pair of dimensions stand
/// in tensors: Llama 3's in `rope_freqs.weight`, LongRoPE's in `rope_factors_short.weight` and `rope_factors_long.weight`.
public final class GgufRope {
    private static final String LLAMA3 = "rope_freqs.weight";
    private static final String SHORT = "rope_factors_short.weight";
    private static final String LONG = "rope_factors_long.weight";

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String architecture;
    private final ObjectNode config;
    private final ObjectNode rope = Json.mapper().createObjectNode();

    /// @param config what was read of the file already
    GgufRope(GgufFile file, String architecture, ObjectNode config) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = architecture;
        this.config = config;
    }

    void read(GgufTraits.Turning turning) {
        number("rope_theta", "freq_base");
        scaling();
        metadata.integer(key("dimension_count"))
                .ifPresent(turned ->
                        config.put(
                                "partial_rotary_factor",
                                (double) turned / config.path("head_dim").asInt(1)));
        switch (turning) {
            case NONE -> config.remove("partial_rotary_factor");
            case BY_KIND -> {
                var both = config.putObject("rope_parameters");
                both.set("full_attention", rope);
                both.putObject("sliding_attention")
                        .put("rope_theta", metadata.number(key("freq_base_swa")).orElse(10_000));
            }
            case WHOLE, PAIRED, IN_PART -> config.set("rope_parameters", rope);
        }
    }

    private void scaling() {
        number("factor", "scaling.factor");
        integer("original_max_position_embeddings", "scaling.original_context_length");
        var type = metadata.string(key("scaling.type")).orElse("none");
        var oldScale = metadata.number(architecture + ".rope.scale_linear").orElse(1);
        if (file.names().contains(LLAMA3)) {
            rope.put("rope_type", "longrope");
            rope.put("attention_factor", 1.0);
            factors("short_factor", LLAMA3);
            factors("long_factor", LLAMA3);
        } else if (file.names().contains(LONG)) {
            rope.put("rope_type", "longrope");
            number("attention_factor", "scaling.attn_factor");
            factors("short_factor", SHORT);
            factors("long_factor", LONG);
            config.set(
                    "original_max_position_embeddings",
                    rope.path("original_max_position_embeddings"));
        } else if (!type.equals("none")) {
            rope.put("rope_type", type);
            number("attention_factor", "scaling.yarn_attn_factor");
            number("beta_fast", "scaling.yarn_beta_fast");
            number("beta_slow", "scaling.yarn_beta_slow");
        } else if (oldScale != 1) {
            rope.put("rope_type", "linear");
            rope.put("factor", oldScale);
        }
    }

    private void factors(String key, String tensor) {
        ArrayNode list = rope.putArray(key);
        for (double value : values(file, tensor)) {
            list.add((float) value);
        }
    }

    /// A small tensor's values.
    public static double[] values(GgufFile file, String tensor) {
        var entry = file.tensor(tensor);
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var values = Tensors.empty(DType.F32, entry.values());
                GgmlBlocks.toFloat32(entry.type(), entry.blocks(), values.memory());
                var floats = values.toFloats();
                return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
            }
        });
    }

    private String key(String name) {
        return architecture + ".rope." + name;
    }

    private void integer(String key, String name) {
        metadata.integer(key(name))
                .ifPresent(value -> rope.put(key, metadata.small(key(name), value)));
    }

    private void number(String key, String name) {
        metadata.number(key(name)).ifPresent(value -> rope.put(key, value));
    }
}
