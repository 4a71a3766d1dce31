package dev.sartor.model.gguf;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.RopeScaling;
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
        var scaling = new RopeScaling(config, rope);
        switch (scaling.type()) {
            case "default", "llama3" -> {} // the latter's factors are a tensor
            case "linear" -> {
                keys.put(prefix + "type", "linear");
                keys.put(prefix + "factor", scaling.factor());
            }
            case "yarn" -> yarn(prefix, scaling);
            case "longrope" -> {
                keys.put(prefix + "type", "longrope");
                keys.put(prefix + "original_context_length", scaling.original());
                keys.put(prefix + "attn_factor", scaling.longRopeMagnitude());
            }
            default -> throw refused(scaling.type());
        }
    }

    private void yarn(String prefix, RopeScaling scaling) {
        for (var key : List.of("attention_factor", "mscale", "mscale_all_dim", "truncate")) {
            if (rope.has(key)) {
                throw rope.unsupported(
                        key
                                + " must be absent in a GGUF file, which has no key for it: export --as hf");
            }
        }
        keys.put(prefix + "type", "yarn");
        keys.put(prefix + "factor", scaling.factor());
        keys.put(prefix + "original_context_length", scaling.original());
        rope.optionalNumber("beta_fast")
                .ifPresent(beta -> keys.put(prefix + "yarn_beta_fast", beta));
        rope.optionalNumber("beta_slow")
                .ifPresent(beta -> keys.put(prefix + "yarn_beta_slow", beta));
    }

    private RuntimeException refused(String type) {
        return rope.unsupported(
                "rope_type must be default, linear, llama3, yarn or longrope in a GGUF file, got "
                        + type
                        + ": export --as hf");
    }

    static Map<String, double[]> factors(ModelConfig config, ModelConfig rope) {
        var factors = new LinkedHashMap<String, double[]>();
        var scaling = new RopeScaling(config, rope);
        switch (scaling.type()) {
            case "llama3" -> factors.put("rope_freqs.weight", llama3(config, scaling));
            case "longrope" -> {
                factors.put("rope_factors_long.weight", rope.numbers("long_factor"));
                factors.put("rope_factors_short.weight", rope.numbers("short_factor"));
            }
            default -> {}
        }
        return factors;
    }

    /// By how much each pair of dimensions turns slower.
    private static double[] llama3(ModelConfig config, RopeScaling scaling) {
        int width =
                config.integer(
                        "head_dim",
                        config.integer("hidden_size") / config.integer("num_attention_heads"));
        double theta = scaling.scaling().number("rope_theta", config.number("rope_theta", 10_000));
        double factor = scaling.factor();
        var factors = new double[width / 2];
        for (int i = 0; i < factors.length; i++) {
            double kept = scaling.llama3Kept(2 * Math.PI * Math.pow(theta, 2.0 * i / width));
            factors[i] = kept == 0 ? factor : 1 / ((1 - kept) / factor + kept);
        }
        return factors;
    }
}
