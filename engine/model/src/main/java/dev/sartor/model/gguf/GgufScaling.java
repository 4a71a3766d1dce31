package dev.sartor.model.gguf;

import dev.sartor.model.ModelConfig;
import dev.sartor.weights.gguf.GgufKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes how a rope is stretched as GGUF metadata and tensors of factors, as llama.cpp's convert_hf_to_gguf.py does.
///
/// @param rope the group of settings that says it
record GgufScaling(ModelConfig config, ModelConfig rope, String architecture, GgufKeys keys) {
    void write() {
        var prefix = architecture + ".rope.scaling.";
        switch (type(rope)) {
            case "default", "llama3" -> {} // the latter's factors are a tensor
            case "linear" -> {
                keys.put(prefix + "type", "linear");
                keys.put(prefix + "factor", rope.number("factor"));
            }
            case "yarn" -> yarn(prefix);
            case "longrope", "su" -> {
                keys.put(prefix + "type", "longrope");
                keys.put(prefix + "original_context_length", reach());
                double factor =
                        rope.number(
                                "factor",
                                config.integer("max_position_embeddings") / (double) reach());
                double magnitude =
                        factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(reach()));
                keys.put(prefix + "attn_factor", rope.number("attention_factor", magnitude));
            }
            default -> throw refused(type(rope));
        }
    }

    private void yarn(String prefix) {
        for (var key : List.of("attention_factor", "mscale", "mscale_all_dim", "truncate")) {
            if (rope.has(key)) {
                throw rope.unsupported(
                        key
                                + " must be absent in a GGUF file, which has no key for it: export --as hf");
            }
        }
        keys.put(prefix + "type", "yarn");
        keys.put(prefix + "factor", rope.number("factor"));
        keys.put(prefix + "original_context_length", reach());
        rope.optionalNumber("beta_fast")
                .ifPresent(beta -> keys.put(prefix + "yarn_beta_fast", beta));
        rope.optionalNumber("beta_slow")
                .ifPresent(beta -> keys.put(prefix + "yarn_beta_slow", beta));
    }

    private int reach() {
        return reach(config, rope);
    }

    private static int reach(ModelConfig config, ModelConfig rope) {
        var key = "original_max_position_embeddings";
        return config.integer(key, rope.integer(key, config.integer("max_position_embeddings")));
    }

    private static String type(ModelConfig rope) {
        var type =
                rope.has("rope_type")
                        ? rope.text("rope_type")
                        : rope.has("type") ? rope.text("type") : "default";
        return type.equals("yarn") && rope.has("short_factor") ? "longrope" : type;
    }

    private RuntimeException refused(String type) {
        return rope.unsupported(
                "rope_type must be default, linear, llama3, yarn or longrope in a GGUF file, got "
                        + type
                        + ": export --as hf");
    }

    static Map<String, double[]> factors(ModelConfig config, ModelConfig rope) {
        var factors = new LinkedHashMap<String, double[]>();
        switch (type(rope)) {
            case "llama3" -> factors.put("rope_freqs.weight", llama3(config, rope));
            case "longrope", "su" -> {
                factors.put("rope_factors_long.weight", rope.numbers("long_factor"));
                factors.put("rope_factors_short.weight", rope.numbers("short_factor"));
            }
            default -> {}
        }
        return factors;
    }

    /// By how much each pair of dimensions turns slower: transformers' `_compute_llama3_parameters`.
    private static double[] llama3(ModelConfig config, ModelConfig rope) {
        int width =
                config.integer(
                        "head_dim",
                        config.integer("hidden_size") / config.integer("num_attention_heads"));
        double theta = rope.number("rope_theta", config.number("rope_theta", 10_000));
        double factor = rope.number("factor");
        double low = rope.number("low_freq_factor");
        double high = rope.number("high_freq_factor");
        double context = reach(config, rope);
        var factors = new double[width / 2];
        for (int i = 0; i < factors.length; i++) {
            double length = 2 * Math.PI * Math.pow(theta, 2.0 * i / width);
            double smooth = (context / length - low) / (high - low);
            factors[i] =
                    length < context / high
                            ? 1
                            : length > context / low
                                    ? factor
                                    : 1 / ((1 - smooth) / factor + smooth);
        }
        return factors;
    }
}
