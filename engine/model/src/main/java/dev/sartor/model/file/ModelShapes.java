package dev.sartor.model.file;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// Reads a model's sizes from its configuration.
public final class ModelShapes {
    private ModelShapes() {}

    /// @throws dev.sartor.core.SartorException a user's error for a family whose sizes are not known or a damaged
    ///     configuration
    public static ModelShape of(ModelConfig config) {
        return Families.shape(config);
    }

    /// @param config as in config.json
    /// @param where named in errors
    public static ModelShape of(JsonNode config, String where) {
        return of(new ModelConfig(where, config));
    }

    /// Of a model's files: a GGUF file, or a folder with one or with config.json.
    public static ModelShape ofFiles(Path model) {
        var gguf = Networks.gguf(model);
        if (gguf.isEmpty()) {
            return of(ModelConfig.read(model.resolve("config.json")));
        }
        try (var file = GgufFile.withoutVocabulary(gguf.get(), WeightAccess.COPIED)) {
            return of(GgufConfig.of(gguf.get(), file));
        }
    }
}
