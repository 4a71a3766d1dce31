package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// A Python script that makes the file which {@link ReferenceCheck} reads, with transformers and PEFT.
public final class ReferenceScript {
    private static final String NAME = "reference.py";

    private ReferenceScript() {}

    public static String text() {
        try (var script =
                Objects.requireNonNull(ReferenceScript.class.getResourceAsStream(NAME), NAME)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.defect(NAME + " cannot be read", e);
        }
    }

    /// The command that runs it.
    ///
    /// @param script where it is
    /// @param model the model's folder or GGUF file
    public static String command(Path script, Path model, Optional<Path> adapter) {
        return "python3 "
                + script
                + " "
                + Networks.gguf(model).orElse(model)
                + " reference.json"
                + adapter.map(folder -> " --adapter " + folder).orElse("");
    }
}
