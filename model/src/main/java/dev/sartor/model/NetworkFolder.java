package dev.sartor.model;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What lies beside a network's weights in a folder that transformers or sentence-transformers loads.
public final class NetworkFolder {
    private static final String CONFIG = "config.json";

    /// Weights, in whatever form; they are written anew. What lies in folders of its own, such as a projection of
    /// sentence-transformers, is taken as it is.
    private static final List<String> WEIGHTS =
            List.of(
                    ".safetensors",
                    ".safetensors.index.json",
                    ".bin",
                    ".bin.index.json",
                    ".pt",
                    ".gguf",
                    ".onnx",
                    ".h5",
                    ".msgpack");

    private NetworkFolder() {}

    /// Whether the model lies in such a folder, and not in a GGUF file.
    public static boolean isOne(Path model) {
        return Files.isRegularFile(model.resolve(CONFIG)) && Networks.gguf(model).isEmpty();
    }

    /// @throws SartorException a user's error where the model lies in a GGUF file, which has none of the files that a
    ///     model stored whole needs
    public static void check(Path model) {
        if (!isOne(model)) {
            throw SartorException.user(
                    model
                            + " must be a folder with config.json where a whole model is to be stored, not a GGUF"
                            + " file: take the model's original files, or tune an adapter with"
                            + " 'method: lora'.");
        }
    }

    /// Completes the folder that {@link StoredNetwork#write} wrote to: takes over everything but the weights.
    ///
    /// @param model a folder with config.json
    /// @param changes of config.json, by its keys
    public static void complete(Path model, Path folder, Network network, ObjectNode changes) {
        check(model);
        try (var files = Files.walk(model)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var place = model.relativize(file);
                if (!isLeftOut(place)) {
                    copy(file, folder.resolve(place.toString()));
                }
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(model, e);
        }
        var settings = ModelConfig.changed(Json.read(model.resolve(CONFIG)), changes);
        settings.remove("dtype");
        settings.put(
                "torch_dtype",
                switch (network.type()) {
                    case BF16 -> "bfloat16";
                    default -> "float32";
                });
        AtomicFile.write(folder.resolve(CONFIG), Json.pretty(settings));
    }

    private static boolean isLeftOut(Path place) {
        var name = String.valueOf(place.getFileName());
        boolean isHidden = place.toString().startsWith(".");
        boolean isAtTop = place.getNameCount() == 1;
        return isHidden
                || name.equals("README.md")
                || (isAtTop && (name.equals(CONFIG) || WEIGHTS.stream().anyMatch(name::endsWith)));
    }

    private static void copy(Path from, Path to) throws IOException {
        var bytes = Files.readAllBytes(from);
        AtomicFile.write(to, out -> out.write(bytes));
    }
}
