package dev.sartor.compare.run;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import java.io.IOException;
import java.nio.file.Path;

/// Files and folders with what is in them.
public final class Trees {
    private Trees() {}

    /// Follows no links. Nothing happens where there is nothing.
    public static void delete(Path path) {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
