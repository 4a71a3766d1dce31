package dev.sartor.model.gguf;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The config.json of a model that came as a GGUF file, as transformers reads it.
public final class TransformersConfig {
    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("llama", "LlamaForCausalLM"),
                    Map.entry("mistral", "MistralForCausalLM"),
                    Map.entry("qwen2", "Qwen2ForCausalLM"),
                    Map.entry("qwen3", "Qwen3ForCausalLM"),
                    Map.entry("qwen3_moe", "Qwen3MoeForCausalLM"),
                    Map.entry("gemma2", "Gemma2ForCausalLM"),
                    Map.entry("gemma3_text", "Gemma3ForCausalLM"),
                    Map.entry("phi3", "Phi3ForCausalLM"),
                    Map.entry("gpt2", "GPT2LMHeadModel"),
                    Map.entry("gpt_neox", "GPTNeoXForCausalLM"),
                    Map.entry("smollm3", "SmolLM3ForCausalLM"));

    private static final List<String> SHARED =
            List.of(
                    "model_type",
                    "hidden_size",
                    "intermediate_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "num_key_value_heads",
                    "head_dim",
                    "max_position_embeddings",
                    "original_max_position_embeddings",
                    "vocab_size",
                    "tie_word_embeddings",
                    "rms_norm_eps",
                    "rope_parameters");

    private static final Map<String, List<String>> OWN =
            Map.ofEntries(
                    Map.entry("llama", List.of("attention_bias", "mlp_bias")),
                    Map.entry("smollm3", List.of("attention_bias", "mlp_bias")),
                    Map.entry("mistral", List.of("sliding_window")),
                    Map.entry("qwen2", List.of()),
                    Map.entry("qwen3", List.of("attention_bias")),
                    Map.entry(
                            "qwen3_moe",
                            List.of(
                                    "attention_bias",
                                    "num_experts",
                                    "num_experts_per_tok",
                                    "moe_intermediate_size",
                                    "norm_topk_prob",
                                    "mlp_only_layers")),
                    Map.entry("gemma2", gemma()),
                    Map.entry("gemma3_text", gemma()),
                    Map.entry("phi3", List.of("sliding_window", "partial_rotary_factor")),
                    Map.entry(
                            "gpt_neox",
                            List.of(
                                    "layer_norm_eps",
                                    "use_parallel_residual",
                                    "attention_bias",
                                    "partial_rotary_factor")));

    private static final Map<String, String> GPT2 = new LinkedHashMap<>();

    static {
        GPT2.put("model_type", "model_type");
        GPT2.put("hidden_size", "n_embd");
        GPT2.put("num_hidden_layers", "n_layer");
        GPT2.put("num_attention_heads", "n_head");
        GPT2.put("max_position_embeddings", "n_positions");
        GPT2.put("n_inner", "n_inner");
        GPT2.put("vocab_size", "vocab_size");
        GPT2.put("tie_word_embeddings", "tie_word_embeddings");
        GPT2.put("layer_norm_epsilon", "layer_norm_epsilon");
    }

    private TransformersConfig() {}

    private static List<String> gemma() {
        return List.of(
                "attention_bias",
                "sliding_window",
                "layer_types",
                "sliding_window_pattern",
                "query_pre_attn_scalar",
                "attn_logit_softcapping",
                "final_logit_softcapping");
    }

    /// @param read the file's shape under the keys of config.json
    public static ObjectNode of(ModelConfig read, GgufFile file) {
        var from = read.json();
        var config = Json.mapper().createObjectNode();
        var family = read.family();
        config.putArray("architectures")
                .add(
                        Optional.ofNullable(CLASSES.get(family))
                                .orElseThrow(() ->
                                        SartorException.user(
                                                "a GGUF file of the family '"
                                                        + family
                                                        + "' cannot be written as a Hugging Face directory: take"
                                                        + " the model's folder with safetensors")));
        if (family.equals("gpt2")) {
            GPT2.forEach((key, own) -> copy(from, key, config, own));
        } else {
            SHARED.forEach(key -> copy(from, key, config, key));
            OWN.getOrDefault(family, List.of()).forEach(key -> copy(from, key, config, key));
            turns(config, from);
            wholeScalar(config);
        }
        tokens(config, file.metadata());
        return config;
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
