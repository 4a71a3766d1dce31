package dev.sartor.cli.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.retrieve.index.PersistentIndex;
import java.nio.file.Path;

/// An index without any passage, which nobody can ask.
public final class EmptyIndex {
    private EmptyIndex() {}

    /// @throws SartorException a user's error where it holds no passages
    public static void refuse(PersistentIndex index, Path folder) {
        if (index.isEmpty()) {
            throw SartorException.user(
                    folder
                            + " holds no passages: add documents with `sartor index SOURCE --out "
                            + CommandLineText.quoted(folder.toString())
                            + "`.");
        }
    }
}
