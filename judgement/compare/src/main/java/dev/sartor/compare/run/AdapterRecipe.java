package dev.sartor.compare.run;

import dev.sartor.project.setting.RenamedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/// What an adapter was made of. Lies as `recipe.json` in its folder.
///
/// @param model the base, as the project names it
/// @param digests SHA-256 of the data files by their role, of the model, and of the prompt
/// @param settings of the training, by their keys
/// @param licence of the data, as the project names it; empty where it does not
/// @param version of the program
public record AdapterRecipe(
        String task,
        String metric,
        String model,
        long seed,
        Map<String, String> digests,
        Map<String, Object> settings,
        Optional<String> licence,
        String version) {
    public static final String FILE = "recipe.json";

    public AdapterRecipe {
        digests = Map.copyOf(digests);
        var named = RenamedKeys.current(settings, "tune", "trainings");
        settings = Collections.unmodifiableMap(named); // null where unset
    }

    /// Empty for an adapter that something else wrote.
    public static Optional<AdapterRecipe> read(Path folder) {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(RunJson.read(file, AdapterRecipe.class))
                : Optional.empty();
    }
}
