package dev.sartor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The source tree that the tests run in.
public final class Checkout {
    private Checkout() {}

    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("sartor.cmd"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }

    public static Path file(String path) {
        return root().resolve(path);
    }
}
