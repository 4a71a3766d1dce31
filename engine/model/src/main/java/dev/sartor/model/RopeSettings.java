package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import java.util.Arrays;

/// Reads a model's rope from its configuration: `rope_parameters` of transformers 5, or `rope_theta` and `rope_scaling` of
/// transformers 4 (modeling_rope_utils.py has the rules).
public final class RopeSettings {
    /// The group of settings that says how the speeds by θ are changed.
    private final ModelConfig scaling;

    private final RopeScaling stretched;

    /// Of the part of a head that turns.
    private final int width;

    private final double theta;

    private RopeSettings(ModelConfig config, ModelConfig scaling, int width, double theta) {
        this.scaling = scaling;
        this.stretched = new RopeScaling(config, scaling);
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
        var plain = RopeFrequencies.plain(width, theta);
        var type = stretched.type();
        return switch (type) {
            case "default" -> new RopeFrequencies.Fixed(plain, 1);
            case "linear" ->
                    new RopeFrequencies.Fixed(
                            RopeFrequencies.divided(plain, even(stretched.factor())), 1);
            case "dynamic" ->
                    new RopeFrequencies.Growing(
                            width, theta, stretched.factor(), stretched.context());
            case "llama3" -> new RopeFrequencies.Fixed(asLlama3(plain), 1);
            case "yarn" ->
                    Yarn.of(scaling, width, theta, stretched.original(), stretched.context());
            case "longrope" ->
                    new RopeFrequencies.Switched(
                            RopeFrequencies.divided(plain, factors("short_factor")),
                            RopeFrequencies.divided(plain, factors("long_factor")),
                            stretched.original(),
                            stretched.longRopeMagnitude());
            default ->
                    throw scaling.unsupported(
                            "rope_type must be default, linear, dynamic, llama3, yarn or longrope, got "
                                    + type
                                    + ": choose another model");
        };
    }

    private double[] even(double factor) {
        var factors = new double[width / 2];
        Arrays.fill(factors, factor);
        return factors;
    }

    private float[] asLlama3(float[] plain) {
        double factor = stretched.factor();
        var speeds = plain.clone();
        for (int i = 0; i < speeds.length; i++) {
            double kept = stretched.llama3Kept(2 * Math.PI / plain[i]);
            speeds[i] = (float) ((1 - kept) * plain[i] / factor + kept * plain[i]);
        }
        return speeds;
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
