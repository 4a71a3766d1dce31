package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// Rotary position embedding (Su et al. 2021) in the layout of transformers: dimension i turns with dimension
/// i + width/2. Tables of cosines and sines for every position up to the context's length.
///
/// @param cosine [positions, head width]
/// @param sine [positions, head width]
record Rope(Tensor cosine, Tensor sine) {
    /// The rows of the tables for each token of a pass: both [tokens, 1, head width].
    record At(Tensor cosine, Tensor sine) {}

    static Rope of(ModelConfig config, int headWidth, DType type, TensorScope owner) {
        var inverse = frequencies(config, headWidth);
        int positions = config.integer("max_position_embeddings");
        var cosines = new float[positions * headWidth];
        var sines = new float[positions * headWidth];
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < headWidth; i++) {
                var angle = (float) p * inverse[i % inverse.length];
                cosines[p * headWidth + i] = (float) Math.cos(angle);
                sines[p * headWidth + i] = (float) Math.sin(angle);
            }
        }
        return new Rope(
                owner.adopt(Tensors.of(cosines, positions, headWidth).to(type)),
                owner.adopt(Tensors.of(sines, positions, headWidth).to(type)));
    }

    /// Turns per token of each pair: θ^(−2i/width), scaled as the configuration says.
    private static float[] frequencies(ModelConfig config, int headWidth) {
        var settings = config.has("rope_parameters") ? config.under("rope_parameters") : config;
        double theta = settings.number("rope_theta", 10_000);
        var inverse = new float[headWidth / 2];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = (float) (1 / Math.pow(theta, 2.0 * i / headWidth));
        }
        if (config.has("rope_parameters")) {
            scale(inverse, settings);
        } else if (config.has("rope_scaling")) {
            scale(inverse, config.under("rope_scaling"));
        }
        return inverse;
    }

    private static void scale(float[] inverse, ModelConfig scaling) {
        var type = scaling.has("rope_type") ? scaling.text("rope_type") : scaling.text("type");
        switch (type) {
            case "default" -> {}
            case "linear" -> {
                for (int i = 0; i < inverse.length; i++) {
                    inverse[i] /= (float) scaling.number("factor", 1);
                }
            }
            case "llama3" -> scaleAsLlama3(inverse, scaling);
            default ->
                    throw scaling.unsupported(
                            "rope_type must be default, linear or llama3, got "
                                    + type
                                    + ": choose another model");
        }
    }

    /// transformers' modeling_rope_utils.py, `_compute_llama3_parameters`.
    private static void scaleAsLlama3(float[] inverse, ModelConfig scaling) {
        double factor = scaling.number("factor", 8);
        double low = scaling.number("low_freq_factor", 1);
        double high = scaling.number("high_freq_factor", 4);
        double context = scaling.number("original_max_position_embeddings", 8192);
        for (int i = 0; i < inverse.length; i++) {
            double wavelength = 2 * Math.PI / inverse[i];
            if (wavelength > context / low) {
                inverse[i] = (float) (inverse[i] / factor);
            } else if (wavelength >= context / high) {
                double smooth = (context / wavelength - low) / (high - low);
                inverse[i] = (float) ((1 - smooth) * inverse[i] / factor + smooth * inverse[i]);
            }
        }
    }

    /// @param positions int64 [tokens]
    At at(Tensor positions) {
        return new At(
                cosine.selected(0, positions).withDimension(1),
                sine.selected(0, positions).withDimension(1));
    }

    /// @param x [tokens, heads, head width]; the result has the same shape
    static Tensor turn(Tensor x, At at) {
        var half = x.size(-1) / 2;
        var turned = Tensors.concat(-1, x.slice(-1, half, half).negated(), x.slice(-1, 0, half));
        return x.times(at.cosine()).add(turned.times(at.sine()));
    }
}
