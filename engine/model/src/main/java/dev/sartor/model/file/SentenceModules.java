package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Precision;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.network.Pooling;
import dev.sartor.model.network.SentenceStep;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.Weights;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads what sentence-transformers writes beside a network: modules.json and a folder for each module.
final class SentenceModules {
    private final Path folder;
    private final TensorScope owner;
    private final List<SentenceStep> steps = new ArrayList<>();
    private Pooling pooling = Pooling.mean();

    private SentenceModules(Path folder, TensorScope owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /// What follows the network.
    record Read(Pooling pooling, List<SentenceStep> steps) {}

    /// Without modules.json the mean of the states is taken, or what 1_Pooling says. Vectors are made to unit length in
    /// any case, so that Normalize needs no step of its own.
    ///
    /// @param owner of the modules' weights
    static Read read(Path folder, TensorScope owner) {
        var modules = new SentenceModules(folder, owner);
        var file = folder.resolve("modules.json");
        var usual = folder.resolve("1_Pooling", "config.json");
        if (Files.exists(file)) {
            Json.read(file).forEach(modules::add);
        } else if (Files.exists(usual)) {
            modules.pooling = Pooling.read(usual);
        }
        return new Read(modules.pooling, List.copyOf(modules.steps));
    }

    private void add(JsonNode module) {
        var type = module.path("type").asString("");
        var path = folder.resolve(module.path("path").asString(""));
        switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "Transformer" -> refuseElsewhere(path);
            case "Pooling" -> pooling = Pooling.read(path.resolve("config.json"));
            case "Dense" -> steps.add(projection(path));
            case "LayerNorm" -> steps.add(normalisation(path));
            case "Normalize",
                    "Dropout" -> {} // unit length is made at the end; nothing drops out when
            // answering
            default ->
                    throw SartorException.user(
                            folder.resolve("modules.json")
                                    + ": modules must be Transformer, Pooling, Dense, LayerNorm, Dropout"
                                    + " or Normalize, got "
                                    + type
                                    + ": choose another embedder");
        }
    }

    private void refuseElsewhere(Path path) {
        if (!path.normalize().equals(folder.normalize())) {
            throw SartorException.user(
                    folder.resolve("modules.json")
                            + ": the Transformer must lie in the folder itself, got "
                            + path
                            + ": move its files up");
        }
    }

    private SentenceStep projection(Path path) {
        var file = path.resolve("config.json");
        var config = ModelConfig.read(file);
        for (var key : List.of("module_input_name", "module_output_name")) {
            if (config.has(key) && !config.text(key).equals("sentence_embedding")) {
                throw config.unsupported(
                        key + " must be sentence_embedding, got " + config.text(key));
            }
        }
        if (config.flag("use_residual", false)) {
            throw config.unsupported("use_residual must be false: choose another embedder");
        }
        try (var stored = weights(path)) {
            var loader = new WeightLoader(stored, Precision.F32, owner);
            var linear =
                    loader.linear(
                            "linear",
                            config.integer("in_features"),
                            config.integer("out_features"));
            return new SentenceStep.Projection(linear, activation(config));
        }
    }

    /// By the name of the class of torch.
    private static Activation activation(ModelConfig config) {
        var name =
                config.has("activation_function")
                        ? config.text("activation_function")
                        : "torch.nn.modules.activation.Tanh";
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "Tanh" -> Activation.TANH;
            case "Identity" -> Activation.LINEAR;
            case "ReLU" -> Activation.RELU;
            case "GELU" -> Activation.GELU;
            case "SiLU" -> Activation.SILU;
            case "Sigmoid" -> Activation.SIGMOID;
            default ->
                    throw config.unsupported(
                            "activation_function must be Tanh, Identity, ReLU, GELU, SiLU or Sigmoid"
                                    + " of torch, got "
                                    + name);
        };
    }

    private SentenceStep normalisation(Path path) {
        var config = ModelConfig.read(path.resolve("config.json"));
        try (var stored = weights(path)) {
            var loader = new WeightLoader(stored, Precision.F32, owner);
            return new SentenceStep.Normalisation(
                    LayerNorm.of(loader, "norm", config.integer("dimension"), 1e-5));
        }
    }

    private static Weights weights(Path path) {
        var file = path.resolve("model.safetensors");
        if (!Files.exists(file)) {
            throw SartorException.user(
                    path
                            + " must hold model.safetensors: save the embedder anew with"
                            + " safe_serialization, which sentence-transformers does by default");
        }
        return new SafetensorsWeights(Safetensors.open(file, WeightAccess.COPIED));
    }
}
