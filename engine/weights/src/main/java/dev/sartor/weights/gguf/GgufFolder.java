package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder with GGUF files, each of which is a whole model.
public final class GgufFolder {
    private static final String PIECE = ".*-[0-9]{5}-of-[0-9]{5}\\.gguf";

    private GgufFolder() {}

    /// The folder's one GGUF file; empty where there is none.
    ///
    /// @throws SartorException a user's error where there are several: nothing says which is meant
    public static Optional<Path> only(Path folder) {
        var names = names(folder);
        if (names.size() < 2) {
            return names.stream().findFirst().map(folder::resolve);
        }
        if (names.stream().allMatch(name -> name.matches(PIECE))) {
            throw SartorException.user(
                    folder
                            + " must hold a model as one GGUF file, and holds pieces: "
                            + String.join(", ", names)
                            + ": join them by `llama-gguf-split --merge`");
        }
        throw SartorException.user(
                folder
                        + " must hold one GGUF file, and holds several: "
                        + String.join(", ", names)
                        + ": name one of them, as "
                        + folder.resolve(names.getFirst()));
    }

    private static List<String> names(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".gguf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the model's folder " + folder + ": " + e.getMessage(), e);
        }
    }
}
