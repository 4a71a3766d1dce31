package dev.sartor.compare;

import dev.sartor.core.Folders;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Path;

/// Files and folders with what is in them.
final class Trees {
    private Trees() {}

    /// Follows no links. Nothing happens where there is nothing.
    static void delete(Path path) {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
