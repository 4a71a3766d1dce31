package dev.sartor.model;

/// How far each pair of a head's dimensions turns per token, in radians.
sealed interface RopeFrequencies {
    /// @param length of the text, where it matters
    /// @return [turned width ÷ 2]
    float[] at(long length);

    /// What cosines and sines are multiplied by.
    double magnitude();

    /// Whether the text's length matters.
    boolean byLength();

    /// How many times the context's length the longest text may have.
    default double stretch() {
        return 1;
    }

    /// The same for texts of every length.
    record Fixed(float[] perToken, double magnitude) implements RopeFrequencies {
        @Override
        public float[] at(long length) {
            return perToken;
        }

        @Override
        public boolean byLength() {
            return false;
        }
    }

    /// One set for texts within `reach` tokens, another for longer ones (Ding et al. 2024, LongRoPE).
    record Switched(float[] near, float[] far, int reach, double magnitude)
            implements RopeFrequencies {
        @Override
        public float[] at(long length) {
            return length > reach ? far : near;
        }

        @Override
        public boolean byLength() {
            return true;
        }
    }

    /// θ grows with a text beyond `reach` tokens (transformers' modeling_rope_utils.py, `_compute_dynamic_ntk_parameters`).
    record Growing(int width, double theta, double factor, int reach) implements RopeFrequencies {
        @Override
        public float[] at(long length) {
            double stretch = factor * Math.max(length, reach) / reach - (factor - 1);
            return plain(width, theta * Math.pow(stretch, width / (width - 2.0)));
        }

        @Override
        public double magnitude() {
            return 1;
        }

        @Override
        public double stretch() {
            return factor;
        }

        @Override
        public boolean byLength() {
            return true;
        }
    }

    /// θ^(−2i/width)
    static float[] plain(int width, double theta) {
        var speeds = new float[width / 2];
        for (int i = 0; i < speeds.length; i++) {
            speeds[i] = (float) (1 / Math.pow(theta, 2.0 * i / width));
        }
        return speeds;
    }

    /// Each divided by its factor.
    static float[] divided(float[] speeds, double[] factors) {
        var result = new float[speeds.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (speeds[i] / factors[i]);
        }
        return result;
    }
}
