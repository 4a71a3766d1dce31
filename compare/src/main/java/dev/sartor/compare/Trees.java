package dev.sartor.compare;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Files and folders with what is in them.
final class Trees {
    private Trees() {}

    /// Follows no links. Nothing happens where there is nothing.
    static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (var all = Files.walk(path)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw SartorException.missing("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
