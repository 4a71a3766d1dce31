package dev.sartor.cli.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;

/// An index without any passage, which nobody can ask.
public final class EmptyIndex {
    private EmptyIndex() {}

    /// @throws SartorException a user's error where it holds no passages
    public static void refuse(PersistentIndex index, IndexStorage storage) {
        if (index.isEmpty()) {
            throw SartorException.user(
                    storage
                            + " holds no passages: add documents with `sartor index SOURCE --out "
                            + CommandLineText.quoted(storage.toString())
                            + "`.");
        }
    }
}
