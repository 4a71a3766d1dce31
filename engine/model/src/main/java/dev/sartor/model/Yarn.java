package dev.sartor.model;

/// YaRN (Peng et al. 2023): pairs that turn often over the original context keep their speed, those that turn rarely are
/// slowed by the factor, with a ramp between (transformers' modeling_rope_utils.py, `_compute_yarn_parameters`).
final class Yarn {
    private Yarn() {}

    /// @param width of the part of a head that turns
    /// @param original tokens of the context before it was stretched
    /// @param context tokens of the context that it was stretched to
    static RopeFrequencies of(
            ModelConfig scaling, int width, double theta, int original, int context) {
        double factor = scaling.number("factor", (double) context / original);
        double low = dimension(positive(scaling, "beta_fast", 32), width, theta, original);
        double high = dimension(positive(scaling, "beta_slow", 1), width, theta, original);
        if (scaling.flag("truncate", true)) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, width - 1.0);
        double span = low == high ? 0.001 : high - low;
        var speeds = RopeFrequencies.plain(width, theta);
        for (int i = 0; i < speeds.length; i++) {
            double slowed = Math.clamp((i - low) / span, 0, 1);
            speeds[i] = (float) (speeds[i] / factor * slowed + speeds[i] * (1 - slowed));
        }
        return new RopeFrequencies.Fixed(speeds, magnitude(scaling, factor));
    }

    /// Which pair turns so often over the original context.
    private static double dimension(double turns, int width, double theta, int original) {
        return width * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private static double magnitude(ModelConfig scaling, double factor) {
        if (scaling.has("attention_factor")) {
            return scaling.number("attention_factor");
        }
        double mscale = scaling.number("mscale", 0);
        double all = scaling.number("mscale_all_dim", 0);
        return mscale != 0 && all != 0
                ? magnitude(factor, mscale) / magnitude(factor, all)
                : magnitude(factor, 1);
    }

    private static double magnitude(double factor, double mscale) {
        return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
    }

    private static double positive(ModelConfig scaling, String key, double otherwise) {
        double value = scaling.number(key, 0);
        return value == 0 ? otherwise : value;
    }
}
