package dev.sartor.data;

import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A file that `sartor data clean` made: its rows are what a recipe left of others.
public final class CuratedFile {
    private static final String RECIPE = "recipe.json";
    private static final long MOST_BYTES = 16 << 20;

    private CuratedFile() {}

    /// The digest of the recipe that made the file, which stands one folder above it and names it; empty where none does, also where the
    /// file was changed since.
    ///
    /// @param sha256 of the file
    public static Optional<String> recipe(Path file, String sha256) {
        var folder = file.toAbsolutePath().normalize().getParent();
        var recipe = folder == null ? null : folder.resolveSibling(RECIPE);
        if (recipe == null || !Files.isRegularFile(recipe)) {
            return Optional.empty();
        }
        try {
            if (Files.size(recipe) > MOST_BYTES) {
                return Optional.empty();
            }
            var read = Json.mapper().readTree(Files.readAllBytes(recipe));
            return results(read, sha256) && read.path("digest").isString()
                    ? Optional.of(read.get("digest").stringValue())
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty(); // a file of the same name that is something else
        }
    }

    private static boolean results(JsonNode recipe, String sha256) {
        for (var result : recipe.path("results")) {
            if (result.path("sha256").asString("").equals(sha256)) {
                return true;
            }
        }
        return false;
    }
}
