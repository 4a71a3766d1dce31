package dev.sartor.model.gguf;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.weights.gguf.GgufKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a decoder's shape as GGUF metadata: what {@link GgufConfig} and {@link GgufRope} read, and llama.cpp's
/// convert_hf_to_gguf.py writes. A setting that GGUF has no word for is refused by its name.
public final class GgufShape {
    private static final Map<String, String> ARCHITECTURES =
            Map.ofEntries(
                    Map.entry("llama", "llama"),
                    Map.entry("mistral", "llama"),
                    Map.entry("qwen2", "qwen2"),
                    Map.entry("qwen3", "qwen3"),
                    Map.entry("qwen3_moe", "qwen3moe"),
                    Map.entry("gemma2", "gemma2"),
                    Map.entry("gemma3_text", "gemma3"),
                    Map.entry("phi3", "phi3"),
                    Map.entry("gpt2", "gpt2"),
                    Map.entry("gpt_neox", "gptneox"),
                    Map.entry("smollm3", "smollm3"));

    private static final Set<String> TURNED_WHOLE = Set.of("llama", "smollm3");
    private static final Set<String> TURNED_IN_PART = Set.of("phi3", "gptneox");
    private static final Set<String> WINDOWED = Set.of("mistral", "gemma2", "gemma3_text", "phi3");

    private final ModelConfig config;
    private final String architecture;
    private final GgufKeys keys;

    /// @param config as the folder says it
    public GgufShape(ModelConfig config, String architecture, GgufKeys keys) {
        this.config = Families.of(config).completed(config);
        this.architecture = architecture;
        this.keys = keys;
    }

    /// @throws dev.sartor.core.SartorException a user's error for a family that cannot be written
    public static String architecture(ModelConfig config) {
        return Optional.ofNullable(ARCHITECTURES.get(config.family()))
                .orElseThrow(() ->
                        config.unsupported(
                                "a model of the family '"
                                        + config.family()
                                        + "' cannot be written as GGUF; "
                                        + String.join(
                                                ", ",
                                                ARCHITECTURES.keySet().stream().sorted().toList())
                                        + " can: export --as hf"));
    }

    public void write() {
        int width = config.integer("hidden_size");
        int heads = config.integer("num_attention_heads");
        int head = config.integer("head_dim", width / heads);
        put("context_length", config.integer("max_position_embeddings"));
        put("embedding_length", width);
        put("block_count", config.integer("num_hidden_layers"));
        put("attention.head_count", heads);
        put(
                "feed_forward_length",
                architecture.equals("gpt2")
                        ? config.integer("n_inner", 4 * width)
                        : config.integer("intermediate_size"));
        put("vocab_size", config.integer("vocab_size"));
        switch (architecture) {
            case "gpt2" ->
                    decimal("attention.layer_norm_epsilon", config.number("layer_norm_epsilon"));
            case "gptneox" -> {
                decimal("attention.layer_norm_epsilon", config.number("layer_norm_eps"));
                keys.put(
                        architecture + ".use_parallel_residual",
                        config.flag("use_parallel_residual"));
            }
            default -> {
                put("attention.head_count_kv", config.integer("num_key_value_heads", heads));
                decimal("attention.layer_norm_rms_epsilon", config.number("rms_norm_eps"));
            }
        }
        if (config.has("head_dim") && !TURNED_IN_PART.contains(architecture)) {
            put("attention.key_length", head);
            put("attention.value_length", head);
        }
        activation();
        windows();
        gemma();
        experts();
        if (!architecture.equals("gpt2")) {
            turns(head);
        }
    }

    /// llama.cpp knows one for each architecture.
    private void activation() {
        var key =
                switch (architecture) {
                    case "gpt2" -> "activation_function";
                    case "gemma2", "gemma3" -> "hidden_activation";
                    default -> "hidden_act";
                };
        var right =
                switch (architecture) {
                    case "gpt2" -> Set.of("gelu_new", "gelu_pytorch_tanh");
                    case "gptneox" -> Set.of("gelu");
                    case "gemma2", "gemma3" -> Set.of("gelu_pytorch_tanh");
                    default -> Set.of("silu");
                };
        if (!right.contains(config.text(key))) {
            throw unsupported(key, "one of " + right, config.text(key));
        }
    }

    private void windows() {
        if (!WINDOWED.contains(config.family())) {
            if (config.flag("use_sliding_window", false)) {
                throw unsupported("use_sliding_window", "false", "true");
            }
            return;
        }
        if (!config.has("sliding_window")) {
            return;
        }
        put("attention.sliding_window", config.integer("sliding_window"));
        if (architecture.equals("gemma2")) {
            sliding(LayerWindows.of(config, true, layer -> layer % 2 == 0));
        } else if (architecture.equals("gemma3")) {
            int pattern = Math.max(1, config.integer("sliding_window_pattern"));
            sliding(LayerWindows.of(config, true, layer -> (layer + 1) % pattern != 0));
        }
    }

    private void sliding(LayerWindows windows) {
        var flags = new boolean[windows.sliding().size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = windows.sliding().get(i);
        }
        keys.put(architecture + ".attention.sliding_window_pattern", flags);
    }

    private void gemma() {
        if (architecture.startsWith("gemma")) {
            decimal("attention.scale", 1 / Math.sqrt(config.number("query_pre_attn_scalar")));
            config.optionalNumber("attn_logit_softcapping")
                    .ifPresent(cap -> decimal("attn_logit_softcapping", cap));
            config.optionalNumber("final_logit_softcapping")
                    .ifPresent(cap -> decimal("final_logit_softcapping", cap));
        }
    }

    private void experts() {
        if (architecture.equals("qwen3moe")) {
            put("expert_count", config.integer("num_experts"));
            put("expert_used_count", config.integer("num_experts_per_tok"));
            put("expert_feed_forward_length", config.integer("moe_intermediate_size"));
            if (!config.flag("norm_topk_prob")) {
                throw unsupported("norm_topk_prob", "true", "false");
            }
        }
    }

    private void turns(int head) {
        var rope = rope(config, "full_attention");
        double theta = rope.number("rope_theta", config.number("rope_theta", 10_000));
        if (architecture.equals("gemma3")) {
            theta = rope.number("rope_theta", config.number("rope_theta", 1e6));
            var near = rope(config, "sliding_attention");
            decimal(
                    "rope.freq_base_swa",
                    near.number("rope_theta", config.number("rope_local_base_freq", 10_000)));
        }
        decimal("rope.freq_base", theta);
        double share =
                rope.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
        if (TURNED_WHOLE.contains(architecture) || TURNED_IN_PART.contains(architecture)) {
            put("rope.dimension_count", (int) (head * share));
        } else if (share != 1) {
            throw unsupported("partial_rotary_factor", "1", String.valueOf(share));
        }
        new GgufScaling(config, rope, architecture, keys).write();
    }

    /// The group of settings for layers of that kind, or for all.
    static ModelConfig rope(ModelConfig config, String kind) {
        if (config.has("rope_scaling") && kind.equals("full_attention")) {
            return config.under("rope_scaling");
        }
        if (!config.has("rope_parameters")) {
            return config.nothing();
        }
        var all = config.under("rope_parameters");
        return all.has(kind) ? all.under(kind) : all;
    }

    /// Tensors of factors, by their names in GGUF.
    public static Map<String, double[]> factors(ModelConfig given) {
        var config = Families.of(given).completed(given);
        return given.family().equals("gpt2")
                ? new LinkedHashMap<>()
                : GgufScaling.factors(config, rope(config, "full_attention"));
    }

    private RuntimeException unsupported(String key, String rule, String value) {
        return config.unsupported(
                key
                        + " must be "
                        + rule
                        + " in a GGUF file of the architecture '"
                        + architecture
                        + "', got "
                        + value
                        + ": export --as hf");
    }

    private void put(String key, long value) {
        keys.put(architecture + "." + key, value);
    }

    private void decimal(String key, double value) {
        keys.put(architecture + "." + key, value);
    }
}
