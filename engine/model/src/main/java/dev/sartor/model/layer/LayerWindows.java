package dev.sartor.model.layer;

import dev.sartor.model.ModelConfig;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which layers see all tokens and which see a window only, as `layer_types` and `sliding_window` say.
public record LayerWindows(List<Boolean> sliding, OptionalInt window) {
    private static final String TYPES = "layer_types";
    private static final String WINDOW = "sliding_window";

    public LayerWindows {
        sliding = List.copyOf(sliding);
    }

    /// The same for every layer: `sliding_window`, none where it is null.
    public static LayerWindows everywhere(ModelConfig config) {
        int layers = config.integer("num_hidden_layers");
        boolean narrow = config.has(WINDOW);
        if (config.has(TYPES)
                && config.texts(TYPES).stream()
                        .anyMatch(type -> narrow != type.equals("sliding_attention"))) {
            throw config.unsupported(
                    "layer_types must be the same for all layers in a model of the family '"
                            + config.family()
                            + "', got "
                            + config.texts(TYPES));
        }
        return new LayerWindows(
                IntStream.range(0, layers).mapToObj(_ -> narrow).toList(), window(config));
    }

    /// By `layer_types`, or by `otherwise` where that is missing.
    ///
    /// @param used whether the model has windows at all
    public static LayerWindows of(ModelConfig config, boolean used, IntPredicate otherwise) {
        int layers = config.integer("num_hidden_layers");
        var sliding =
                config.has(TYPES)
                        ? config.texts(TYPES).stream().map(type -> slides(config, type)).toList()
                        : IntStream.range(0, layers)
                                .mapToObj(layer ->
                                        used && config.has(WINDOW) && otherwise.test(layer))
                                .toList();
        if (sliding.size() != layers) {
            throw config.unsupported(
                    "layer_types must be as long as num_hidden_layers ("
                            + layers
                            + "), got "
                            + sliding.size());
        }
        if (sliding.contains(true) && !(used && config.has(WINDOW))) {
            throw config.unsupported(
                    "layer_types says sliding_attention, but sliding_window is not used: set sliding_window and use_sliding_window");
        }
        return new LayerWindows(sliding, window(config));
    }

    private static OptionalInt window(ModelConfig config) {
        if (!config.has(WINDOW)) {
            return OptionalInt.empty();
        }
        int window = config.integer(WINDOW);
        if (window < 1) {
            throw config.unsupported(WINDOW + " must be at least 1 or null, got " + window);
        }
        return OptionalInt.of(window);
    }

    private static boolean slides(ModelConfig config, String type) {
        return switch (type) {
            case "full_attention" -> false;
            case "sliding_attention" -> true;
            default ->
                    throw config.unsupported(
                            "layer_types must be full_attention or sliding_attention, got " + type);
        };
    }

    /// What a layer sees; empty where it sees all.
    public OptionalInt at(int layer) {
        return sliding.get(layer) ? window : OptionalInt.empty();
    }
}
