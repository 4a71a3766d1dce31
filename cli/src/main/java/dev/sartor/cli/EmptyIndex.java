package dev.sartor.cli;

import dev.sartor.core.SartorException;
import dev.sartor.retrieve.PersistentIndex;
import java.nio.file.Path;

/// An index without any passage, which nobody can ask.
final class EmptyIndex {
    private EmptyIndex() {}

    /// @throws SartorException a user's error where it holds no passages
    static void refuse(PersistentIndex index, Path folder) {
        if (index.isEmpty()) {
            throw SartorException.user(
                    folder
                            + " holds no passages: add documents with `sartor index SOURCE --out "
                            + CommandLineText.quoted(folder.toString())
                            + "`.");
        }
    }
}
