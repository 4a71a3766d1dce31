package dev.sartor.hub.catalogue;

import java.util.List;

/// Which of a repository's files are the weights of one model, told by their names.
public final class WeightFiles {
    private static final String GGUF = ".gguf";
    private static final String SAFETENSORS = ".safetensors";
    private static final String PIECE = "-[0-9]{5}-of-[0-9]{5}";

    private WeightFiles() {}

    public static boolean areWeights(String path) {
        return path.endsWith(SAFETENSORS) || isGguf(path);
    }

    public static boolean isGguf(String path) {
        return path.endsWith(GGUF);
    }

    /// A GGUF file's path without its ending and, where it is one of several pieces, without its number.
    public static String model(String path) {
        return path.replaceFirst("(" + PIECE + ")?\\.gguf$", "");
    }

    /// Of safetensors files at the top those that transformers would read: the pieces that an index lists, else
    /// `model.safetensors`, else an adapter's; not the same weights once more (`consolidated.safetensors`, another
    /// precision). Where none is named so, all of them.
    ///
    /// @param hasIndex whether the repository holds model.safetensors.index.json
    public static List<String> ofTransformers(List<String> paths, boolean hasIndex) {
        var top = paths.stream().filter(p -> p.indexOf('/') < 0).toList();
        var pieces =
                top.stream().filter(p -> p.matches("model" + PIECE + "\\.safetensors")).toList();
        if (hasIndex && !pieces.isEmpty()) {
            return pieces;
        }
        for (var name : List.of("model.safetensors", "adapter_model.safetensors")) {
            if (top.contains(name)) {
                return List.of(name);
            }
        }
        return top;
    }
}
