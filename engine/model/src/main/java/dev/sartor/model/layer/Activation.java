package dev.sartor.model.layer;

import dev.sartor.model.ModelConfig;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// The elementwise functions that networks choose from.
public enum Activation {
    /// x·Φ(x), exact (Hendrycks & Gimpel 2016).
    GELU,
    /// The same, approximated by a hyperbolic tangent.
    GELU_TANH,
    /// x·σ(1.702·x)
    QUICK_GELU,
    RELU,
    /// relu(x)² (So et al. 2021)
    SQUARED_RELU,
    SILU,
    SIGMOID,
    TANH,
    LINEAR;

    private static final String KNOWN =
            "gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, gelu_accurate, quick_gelu, relu, relu2, silu,"
                    + " swish, sigmoid, tanh or linear";

    /// @param otherwise what transformers takes where the key is missing
    /// @throws dev.sartor.core.SartorException a user's error that names the key, for a name that is not known
    public static Activation of(ModelConfig config, String key, Activation otherwise) {
        return config.has(key) ? named(config, key, config.text(key)) : otherwise;
    }

    /// By the names of transformers' ACT2FN.
    ///
    /// @param key the setting that holds the name, for the error
    public static Activation named(ModelConfig config, String key, String name) {
        return switch (name) {
            case "gelu", "gelu_python" -> GELU;
            case "gelu_new",
                    "gelu_pytorch_tanh",
                    "gelu_python_tanh",
                    "gelu_fast",
                    "gelu_accurate" ->
                    GELU_TANH;
            case "quick_gelu" -> QUICK_GELU;
            case "relu" -> RELU;
            case "relu2" -> SQUARED_RELU;
            case "silu", "swish" -> SILU;
            case "sigmoid" -> SIGMOID;
            case "tanh" -> TANH;
            case "linear" -> LINEAR;
            default -> throw config.unsupported(key + " must be " + KNOWN + ", got " + name);
        };
    }

    /// The result has x's shape.
    public Tensor forward(Tensor x) {
        return switch (this) {
            case GELU -> x.gelu();
            case GELU_TANH -> x.geluTanh();
            case QUICK_GELU -> x.times(x.times(1.702).sigmoid());
            case RELU -> x.relu();
            case SQUARED_RELU -> square(x.relu());
            case SILU -> x.silu();
            case SIGMOID -> x.sigmoid();
            case TANH -> x.tanh();
            case LINEAR -> x;
        };
    }

    /// f(x) ⊙ y, where `both` [tokens, 2·width] holds x and y side by side: [tokens, width].
    Tensor gated(Tensor both) {
        return switch (this) {
            case SILU -> Tensors.siluGated(both);
            case GELU_TANH -> Tensors.geluTanhGated(both);
            case GELU, QUICK_GELU, RELU, SQUARED_RELU, SIGMOID, TANH, LINEAR -> {
                long width = both.size(-1) / 2;
                yield forward(both.slice(-1, 0, width)).times(both.slice(-1, width, width));
            }
        };
    }

    private static Tensor square(Tensor x) {
        return x.times(x);
    }
}
