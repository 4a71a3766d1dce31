package dev.sartor.cli.console;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that is gone, with all that is in it, when this is closed.
public record TemporaryFolder(Path path) implements AutoCloseable {
    /// @param purpose stands in its name
    public static TemporaryFolder create(String purpose) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("sartor-" + purpose));
        } catch (IOException e) {
            throw SartorException.missing("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
