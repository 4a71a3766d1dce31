package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import java.util.Arrays;

/// Reads a model's rope from its configuration: `rope_parameters` of transformers 5, or `rope_theta` and `rope_scaling` of
/// transformers 4 (modeling_rope_utils.py has the rules).
///
public final class RopeSettings {
    private final ModelConfig config;

    /// The group of settings that says how the speeds by θ are changed.
    private final ModelConfig scaling;

    /// Of the part of a head that turns.
    private final int width;

    private final double theta;

    private RopeSettings(ModelConfig config, ModelConfig scaling, int width, double theta) {
        this.config = config;
        this.scaling = scaling;
        this.width = width;
        this.theta = theta;
    }

    /// A rope that turns whole heads.
    public static Rope whole(ModelConfig config, int headWidth, DType type) {
        double part = share(config, scaling(config));
        if (part != 1) {
            throw config.unsupported(
                    "partial_rotary_factor must be 1 in a model of the family '"
                            + config.family()
                            + "', got "
                            + part);
        }
        return partial(config, headWidth, type);
    }

    /// A rope that turns the share of a head that `partial_rotary_factor` says.
    public static Rope partial(ModelConfig config, int headWidth, DType type) {
        var scaling = scaling(config);
        int width = (int) (headWidth * share(config, scaling));
        double theta = scaling.number("rope_theta", config.number("rope_theta", 10_000));
        return of(config, scaling, width, theta, type);
    }

    /// A rope by one group of settings, as Gemma 3 has one for each kind of layer.
    public static Rope of(
            ModelConfig config, ModelConfig scaling, int width, double theta, DType type) {
        if (width < 2 || width % 2 != 0) {
            throw config.unsupported("head_dim × partial_rotary_factor must be even, got " + width);
        }
        return new Rope(new RopeSettings(config, scaling, width, theta).speeds(), type);
    }

    /// As in transformers, `rope_scaling` comes before `rope_parameters`.
    private static ModelConfig scaling(ModelConfig config) {
        for (var key : new String[] {"rope_scaling", "rope_parameters"}) {
            if (config.has(key)) {
                var group = config.under(key);
                if (group.has("full_attention") || group.has("sliding_attention")) {
                    throw group.unsupported(
                            "one rope for each kind of layer is read for Gemma 3 only, got "
                                    + config.family());
                }
                return group;
            }
        }
        return config.nothing();
    }

    private static double share(ModelConfig config, ModelConfig scaling) {
        return scaling.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
    }

    private RopeFrequencies speeds() {
        var type = type();
        var plain = RopeFrequencies.plain(width, theta);
        return switch (type) {
            case "default" -> new RopeFrequencies.Fixed(plain, 1);
            case "linear" ->
                    new RopeFrequencies.Fixed(RopeFrequencies.divided(plain, even(factor())), 1);
            case "dynamic" -> new RopeFrequencies.Growing(width, theta, factor(), context());
            case "llama3" -> new RopeFrequencies.Fixed(asLlama3(plain), 1);
            // Early Phi-3 files call LongRoPE so.
            case "yarn" ->
                    scaling.has("short_factor")
                            ? longRope(plain)
                            : Yarn.of(scaling, width, theta, original(), context());
            case "longrope", "su" -> longRope(plain);
            default ->
                    throw scaling.unsupported(
                            "rope_type must be default, linear, dynamic, llama3, yarn or longrope, got "
                                    + type
                                    + ": choose another model");
        };
    }

    private String type() {
        if (scaling.has("rope_type")) {
            return scaling.text("rope_type");
        }
        return scaling.has("type") ? scaling.text("type") : "default";
    }

    private double factor() {
        double factor = scaling.number("factor");
        if (!(factor > 0)) {
            throw scaling.unsupported("factor must be more than 0, got " + factor);
        }
        return factor;
    }

    private double[] even(double factor) {
        var factors = new double[width / 2];
        Arrays.fill(factors, factor);
        return factors;
    }

    private int context() {
        return config.integer("max_position_embeddings");
    }

    /// How long texts were before the context was stretched; the model's own key comes before the rope's.
    private int original() {
        var key = "original_max_position_embeddings";
        return config.integer(key, scaling.integer(key, context()));
    }

    /// transformers' `_compute_llama3_parameters` (Llama 3.1).
    private float[] asLlama3(float[] plain) {
        double factor = factor();
        double low = scaling.number("low_freq_factor");
        double high = scaling.number("high_freq_factor");
        double context = original();
        var speeds = plain.clone();
        for (int i = 0; i < speeds.length; i++) {
            double wavelength = 2 * Math.PI / plain[i];
            if (wavelength > context / low) {
                speeds[i] = (float) (plain[i] / factor);
            } else if (wavelength >= context / high) {
                double smooth = (context / wavelength - low) / (high - low);
                speeds[i] = (float) ((1 - smooth) * plain[i] / factor + smooth * plain[i]);
            }
        }
        return speeds;
    }

    /// transformers' `_compute_longrope_parameters`.
    private RopeFrequencies longRope(float[] plain) {
        int reach = original();
        double factor = scaling.number("factor", (double) context() / reach);
        double magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(reach));
        return new RopeFrequencies.Switched(
                RopeFrequencies.divided(plain, factors("short_factor")),
                RopeFrequencies.divided(plain, factors("long_factor")),
                reach,
                scaling.number("attention_factor", magnitude));
    }

    private double[] factors(String key) {
        var factors = scaling.numbers(key);
        if (factors.length != width / 2 || Arrays.stream(factors).anyMatch(f -> !(f > 0))) {
            throw wrongFactors(key, factors);
        }
        return factors;
    }

    private SartorException wrongFactors(String key, double[] factors) {
        return scaling.unsupported(
                key
                        + " must be "
                        + width / 2
                        + " numbers above 0 (half of what turns of a head), got "
                        + Arrays.toString(factors));
    }
}
