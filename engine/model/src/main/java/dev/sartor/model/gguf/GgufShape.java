package dev.sartor.model.gguf;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.family.kind.GgufTraits.Turning;
import dev.sartor.model.layer.LayerWindows;
import dev.sartor.weights.gguf.GgufKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a decoder's shape as GGUF metadata: what {@link GgufConfig} and {@link GgufRope} read, and llama.cpp's
/// convert_hf_to_gguf.py writes. A setting that GGUF has no word for is refused by its name.
public final class GgufShape {
    private final ModelConfig config;
    private final String architecture;
    private final GgufTraits traits;
    private final GgufKeys keys;

    /// @param config as the folder says it
    /// @throws dev.sartor.core.SartorException a user's error for a family that cannot be written
    public GgufShape(ModelConfig config, GgufKeys keys) {
        this.traits = traits(config);
        this.config = Families.decoder(config).completed(config);
        this.architecture = traits.architecture();
        this.keys = keys;
    }

    /// @throws dev.sartor.core.SartorException a user's error for a family that cannot be written
    public static String architecture(ModelConfig config) {
        return traits(config).architecture();
    }

    private static GgufTraits traits(ModelConfig config) {
        return GgufFamilies.traits(config.family())
                .orElseThrow(() ->
                        config.unsupported(
                                "a model of the family '"
                                        + config.family()
                                        + "' cannot be written as GGUF; "
                                        + Families.of(DecoderFamily.class).stream()
                                                .filter(family -> family.gguf().isPresent())
                                                .map(Family::name)
                                                .sorted()
                                                .collect(Collectors.joining(", "))
                                        + " can: export --as hf"));
    }

    public void write() {
        var settings = traits.settings();
        int width = config.integer("hidden_size");
        int heads = config.integer("num_attention_heads");
        int head = config.integer("head_dim", width / heads);
        put("context_length", config.integer("max_position_embeddings"));
        put("embedding_length", width);
        put("block_count", config.integer("num_hidden_layers"));
        put("attention.head_count", heads);
        put("feed_forward_length", settings.inner().applyAsInt(config));
        put("vocab_size", config.integer("vocab_size"));
        if (settings.norm().rootMeanSquare()) {
            put("attention.head_count_kv", config.integer("num_key_value_heads", heads));
            decimal("attention.layer_norm_rms_epsilon", config.number(settings.norm().epsilon()));
        } else {
            decimal("attention.layer_norm_epsilon", config.number(settings.norm().epsilon()));
        }
        settings.flags().forEach(flag -> keys.put(architecture + "." + flag, config.flag(flag)));
        if (config.has("head_dim") && traits.turning() != Turning.IN_PART) {
            put("attention.key_length", head);
            put("attention.value_length", head);
        }
        activation();
        windows();
        caps();
        experts();
        if (traits.turning() != Turning.NONE) {
            turns(head);
        }
    }

    /// llama.cpp knows one for each architecture.
    private void activation() {
        var key = traits.settings().activation();
        var right = traits.settings().activations();
        if (!right.contains(config.text(key))) {
            throw unsupported(key, "one of " + right, config.text(key));
        }
    }

    private void windows() {
        if (!traits.windows().used()) {
            if (config.flag("use_sliding_window", false)) {
                throw unsupported("use_sliding_window", "false", "true");
            }
            return;
        }
        if (!config.has("sliding_window")) {
            return;
        }
        put("attention.sliding_window", config.integer("sliding_window"));
        traits.windows().kinds().ifPresent(kinds -> sliding(kinds.apply(config)));
    }

    private void sliding(LayerWindows windows) {
        var flags = new boolean[windows.sliding().size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = windows.sliding().get(i);
        }
        keys.put(architecture + ".attention.sliding_window_pattern", flags);
    }

    private void caps() {
        if (traits.widestLayers().isPresent()) {
            decimal("attention.scale", 1 / Math.sqrt(config.number("query_pre_attn_scalar")));
            config.optionalNumber("attn_logit_softcapping")
                    .ifPresent(cap -> decimal("attn_logit_softcapping", cap));
            config.optionalNumber("final_logit_softcapping")
                    .ifPresent(cap -> decimal("final_logit_softcapping", cap));
        }
    }

    private void experts() {
        if (traits.mixes()) {
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
        if (traits.turning() == Turning.BY_KIND) {
            theta = rope.number("rope_theta", config.number("rope_theta", 1e6));
            var near = rope(config, "sliding_attention");
            decimal(
                    "rope.freq_base_swa",
                    near.number("rope_theta", config.number("rope_local_base_freq", 10_000)));
        }
        decimal("rope.freq_base", theta);
        double share =
                rope.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
        if (traits.turning() == Turning.PAIRED || traits.turning() == Turning.IN_PART) {
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
        var config = Families.decoder(given).completed(given);
        return traits(given).turning() == Turning.NONE
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
