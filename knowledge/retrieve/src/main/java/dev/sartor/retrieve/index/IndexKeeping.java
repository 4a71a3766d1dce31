package dev.sartor.retrieve.index;

import java.io.IOException;
import java.util.Optional;

/// The sole right to write a standing index, until it is closed; it ends with the process, too. Another embedder or another
/// setting makes another generation beside the one that is searched, and takes its place when it is whole. Not thread-safe.
public interface IndexKeeping extends AutoCloseable {
    /// The generation that is searched; empty before the first one is whole.
    Optional<Integer> current() throws IOException;

    /// The generation to write what is made with this into: the one that is searched, one that was begun, or a new one.
    int writable(IndexedWith with) throws IOException;

    IndexWriting open(int generation, IndexedWith with) throws IOException;

    /// From now on this one is searched, and the others are gone, but for readers that have them open.
    void serve(int generation) throws IOException;

    /// What must not be taken in again.
    default ForgottenDocuments forgotten() throws IOException {
        return ForgottenDocuments.none();
    }

    /// What a person is told.
    RuntimeException failure(IOException e);

    @Override
    void close() throws IOException;
}
