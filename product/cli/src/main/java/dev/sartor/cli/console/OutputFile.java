package dev.sartor.cli.console;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Where a command that takes long will write in the end. It is tried before anything is begun.
public final class OutputFile {
    private OutputFile() {}

    /// Leaves nothing behind: folders that are not there are made when the file is written.
    ///
    /// @param setting names it, such as `--report`
    public static void refuseUnlessWritable(String setting, Path file) {
        var target = file.toAbsolutePath().normalize();
        reason(target)
                .ifPresent(reason -> {
                    throw SartorException.user(
                            String.format(
                                    Locale.ROOT,
                                    "%s must name a file that can be written, got %s: %s. Choose another path; nothing was started.",
                                    setting,
                                    file,
                                    reason));
                });
    }

    private static Optional<String> reason(Path target) {
        if (Files.isDirectory(target)) {
            return Optional.of("it is a folder");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            return Optional.of("it is there and may not be written");
        }
        var folder = target.resolveSibling(".").normalize();
        while (!Files.exists(folder)) {
            var above = folder.getParent();
            if (above == null) {
                return Optional.of("there is no such place");
            }
            folder = above;
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " is a file, not a folder");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".sartor", ".try"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "nothing can be written into "
                            + folder
                            + " ("
                            + e.getClass().getSimpleName()
                            + ")");
        }
    }
}
