package dev.sartor.model;

/// What a configuration says about how a rope is stretched to a longer context (transformers' modeling_rope_utils.py).
///
/// @param scaling the group of settings that says it: `rope_scaling`, `rope_parameters` or one of its parts
public record RopeScaling(ModelConfig config, ModelConfig scaling) {
    /// `default`, `linear`, `dynamic`, `llama3`, `yarn`, `longrope` or what else the configuration names.
    public String type() {
        var type =
                scaling.has("rope_type")
                        ? scaling.text("rope_type")
                        : scaling.has("type") ? scaling.text("type") : "default";
        // Early Phi-3 files call LongRoPE so.
        boolean isLongRope =
                type.equals("su") || (type.equals("yarn") && scaling.has("short_factor"));
        return isLongRope ? "longrope" : type;
    }

    public double factor() {
        double factor = scaling.number("factor");
        if (!(factor > 0)) {
            throw scaling.unsupported("factor must be more than 0, got " + factor);
        }
        return factor;
    }

    /// Tokens of the context that it was stretched to.
    int context() {
        return config.integer("max_position_embeddings");
    }

    /// Tokens of the context before it was stretched; the model's own key comes before the rope's.
    public int original() {
        var key = "original_max_position_embeddings";
        return config.integer(key, scaling.integer(key, context()));
    }

    /// What cosines and sines of LongRoPE are multiplied by: `_compute_longrope_parameters`.
    public double longRopeMagnitude() {
        double factor = scaling.number("factor", (double) context() / original());
        double magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original()));
        return scaling.number("attention_factor", magnitude);
    }

    /// How much of its speed a pair of dimensions keeps, from 1 (all) to 0 (slowed by the factor):
    /// `_compute_llama3_parameters` (Llama 3.1).
    ///
    /// @param wavelength tokens for a whole turn
    public double llama3Kept(double wavelength) {
        double low = scaling.number("low_freq_factor");
        double high = scaling.number("high_freq_factor");
        double context = original();
        if (wavelength > context / low) {
            return 0;
        }
        return wavelength < context / high ? 1 : (context / wavelength - low) / (high - low);
    }
}
