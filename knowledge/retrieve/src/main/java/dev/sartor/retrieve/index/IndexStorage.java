package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.documents.source.FolderSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/// Where a standing index is kept: in a folder, or where a connector on the class path keeps it, such as in a database. Its
/// text is how people name it.
public interface IndexStorage {
    /// @param address a folder, or what a connector knows
    /// @throws SartorException a user's error where no connector knows the address
    static IndexStorage at(String address) {
        int scheme = address.indexOf("://");
        if (scheme < 0) {
            return at(Path.of(address));
        }
        for (var connector : ServiceLoader.load(IndexConnector.class)) {
            if (connector.knows(address)) {
                return connector.at(address);
            }
        }
        throw SartorException.user(
                "an index must be a folder or a database, postgresql://HOST/DATABASE, got an address that"
                        + " begins with "
                        + address.substring(0, scheme)
                        + "://: name one of these.");
    }

    static IndexStorage at(Path folder) {
        return new FolderStorage(folder);
    }

    /// Whether it is a standing index, whole or not; where that takes a connection, whether it may be one.
    static boolean isAt(String address) {
        return address.contains("://") || FolderSource.isIndex(Path.of(address));
    }

    /// How it is called where a short name is asked for: the last part of its address.
    String name();

    /// Whether it is an index, whole or not.
    ///
    /// @throws SartorException a user's error where it is one that nobody here can read
    boolean exists();

    /// Refuses what is no index, and holds anything else.
    ///
    /// @throws SartorException a user's error
    void refuseAnother();

    /// What it was made with; empty where none is whole yet.
    Optional<IndexedWith> madeWith();

    /// Takes the sole right to write.
    ///
    /// @throws SartorException a user's error where another has it
    IndexKeeping keep() throws IOException;

    /// @param opening opens the embedder that a generation was made with
    IndexCommits commits(Function<IndexedWith, Embedder> opening);
}
