package dev.sartor.cli.option;

import dev.sartor.core.Json;
import dev.sartor.hub.Hub;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.file.Networks;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// A model's tokenizer, without its weights.
///
/// @param context the most tokens that the model takes, where its files say so
public record OpenTokenizer(Tokenizer tokenizer, OptionalLong context) {

    /// @param model a name for the hub, a folder, or a GGUF file
    public static OpenTokenizer of(Composition composition, String model, Use use) {
        var path = Path.of(model);
        if (Files.isRegularFile(path) && model.endsWith(".gguf")) {
            return gguf(path);
        }
        if (Files.isDirectory(path) && ggufIn(path).length == 0) {
            return folder(path);
        }
        var opened = composition.hub(use).pull(model, composition.console()).opened();
        return Networks.gguf(opened).map(OpenTokenizer::gguf).orElseGet(() -> folder(opened));
    }

    /// Of a model whose files are on this machine and that goes on with a text; empty for all others.
    public static Optional<OpenTokenizer> here(Hub hub, String model) {
        return hub.folder(model)
                .filter(path -> Files.isDirectory(path) || path.toString().endsWith(".gguf"))
                .filter(folder -> Networks.kind(opened(folder)) == Networks.Kind.DECODER)
                .map(folder ->
                        Networks.gguf(folder)
                                .map(OpenTokenizer::gguf)
                                .orElseGet(() -> folder(folder)));
    }

    private static Path opened(Path folder) {
        return Networks.gguf(folder).orElse(folder);
    }

    private static String[] ggufIn(Path folder) {
        var files = folder.toFile().list((parent, name) -> name.endsWith(".gguf"));
        return files == null ? new String[0] : files;
    }

    private static OpenTokenizer gguf(Path file) {
        try (var open = GgufFile.open(file, WeightAccess.COPIED)) {
            var metadata = open.metadata();
            var architecture = metadata.string("general.architecture").orElse("");
            return new OpenTokenizer(
                    TokenizerReader.of(metadata),
                    metadata.integer(architecture + ".context_length"));
        }
    }

    private static OpenTokenizer folder(Path folder) {
        var config = folder.resolve("config.json");
        var most =
                Files.exists(config)
                        ? Json.read(config).path("max_position_embeddings")
                        : Json.mapper().missingNode();
        return new OpenTokenizer(
                TokenizerReader.open(folder),
                most.canConvertToLong() ? OptionalLong.of(most.longValue()) : OptionalLong.empty());
    }
}
