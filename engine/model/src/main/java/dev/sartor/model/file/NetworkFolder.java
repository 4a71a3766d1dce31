package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.model.gguf.TransformersConfig;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.Network;
import dev.sartor.tokenizer.file.TokenizerFiles;
import dev.sartor.weights.FileBytes;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
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

    /// What makes an embedder of an encoder, in sentence-transformers' form. Its other parts are folders.
    private static final List<String> OF_EMBEDDERS =
            List.of(
                    "modules.json",
                    "sentence_bert_config.json",
                    "config_sentence_transformers.json");

    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private NetworkFolder() {}

    /// @throws SartorException a user's error where the model lies in a GGUF file that says too little for a folder: those
    ///     of decoders alone hold all of it
    public static void check(Path model) {
        var gguf = Networks.gguf(model);
        if (gguf.isPresent() && Networks.kind(model) != Networks.Kind.DECODER) {
            throw SartorException.user(
                    gguf.get()
                            + " must be a folder with config.json where a whole model is to be stored, not a GGUF"
                            + " file: take the model's original files, or tune an adapter with"
                            + " 'method: lora'.");
        }
    }

    /// Completes the folder that {@link StoredNetwork#write} wrote to: takes over everything but the weights; of a GGUF file
    /// what it says of the model and its words.
    ///
    /// @param model a folder with config.json, or a GGUF file
    /// @param changes of config.json, by its keys
    /// @throws SartorException a user's error where {@link #check} refuses the model
    public static void complete(Path model, Path folder, Network network, ObjectNode changes) {
        check(model);
        var gguf = Networks.gguf(model);
        var own = gguf.isPresent() ? written(gguf.get(), folder) : copied(model, folder, _ -> true);
        writeSettings(folder, own, network, changes);
    }

    /// The same of an encoder whose one output is the score of a pair, as sentence-transformers' CrossEncoder opens it: what
    /// made an embedder of the model is left out.
    ///
    /// @param limit the most tokens of a pair, which both then cut it to
    public static void completeScorer(Path model, Path folder, Encoder network, int limit) {
        check(model);
        var own =
                copied(
                        model,
                        folder,
                        place ->
                                place.getNameCount() == 1
                                        && !OF_EMBEDDERS.contains(place.toString()));
        var tokenizer = folder.resolve(TOKENIZER_CONFIG);
        var words =
                ModelConfig.changed(
                        Files.exists(tokenizer)
                                ? Json.read(tokenizer)
                                : Json.mapper().createObjectNode(),
                        Json.mapper().createObjectNode().put("model_max_length", limit));
        AtomicFile.write(tokenizer, Json.pretty(words));
        var head = new FreshClassHead(network.config().family(), network.labels().names());
        writeSettings(folder, own, network, head.settings());
    }

    private static void writeSettings(
            Path folder, JsonNode own, Network network, ObjectNode changes) {
        var settings = ModelConfig.changed(own, changes);
        settings.remove("dtype");
        settings.put(
                "torch_dtype",
                switch (network.type()) {
                    case BF16 -> "bfloat16";
                    default -> "float32";
                });
        AtomicFile.write(folder.resolve(CONFIG), Json.pretty(settings));
    }

    /// The settings of a GGUF file's model, whose words are written as transformers' files.
    private static JsonNode written(Path file, Path folder) {
        try (var opened = GgufFile.open(file, WeightAccess.COPIED)) {
            TokenizerFiles.of(opened.metadata()).write(folder);
            return TransformersConfig.of(GgufConfig.of(file, opened), opened);
        }
    }

    private static JsonNode copied(Path model, Path folder, Predicate<Path> taken) {
        try (var files = Files.walk(model)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var place = model.relativize(file);
                if (!isLeftOut(place) && taken.test(place)) {
                    copy(file, folder.resolve(place.toString()));
                }
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(model, e);
        }
        return Json.read(model.resolve(CONFIG));
    }

    private static boolean isLeftOut(Path place) {
        var name = String.valueOf(place.getFileName());
        boolean isHidden = place.toString().startsWith(".");
        boolean isAtTop = place.getNameCount() == 1;
        return isHidden
                || name.equals("README.md")
                || name.equals(ReadersFile.NAME) // the new model's own stands there already
                || (isAtTop && (name.equals(CONFIG) || WEIGHTS.stream().anyMatch(name::endsWith)));
    }

    private static void copy(Path from, Path to) throws IOException {
        var bytes = Files.readAllBytes(from);
        AtomicFile.write(to, out -> out.write(bytes));
    }
}
