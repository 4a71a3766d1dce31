package dev.sartor.retrieve.index;

import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.search.DocumentState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    ///
    /// @throws SartorException a user's error where the record is damaged: without it, what was forgotten would come back
    ForgottenDocuments forgotten() throws IOException;

    /// From now on this must not be taken in again, and nothing else. Deletes nothing.
    void remember(ForgottenDocuments forgotten) throws IOException;

    /// What each generation that may be searched some day knows of each path.
    Map<String, List<DocumentState>> states() throws IOException;

    /// Whether bytes of a document may still be kept that was removed before.
    boolean mayHoldTraces(String path) throws IOException;

    /// Remembers what is to be forgotten, deletes it from all generations, and writes these anew, so that no byte of what was ever
    /// deleted is kept. Cut off anywhere, the same call finishes it.
    Erased erase(ForgottenDocuments forgotten, Progress progress) throws IOException;

    /// How many it takes where it is kept.
    long bytes() throws IOException;

    /// What became of generations that held deleted documents.
    ///
    /// @param generations those that may be searched, all written anew, by the numbers that they have now
    /// @param removed those that nobody searches any more, and parts of some that were never joined
    /// @param caches folders that held what was fetched or was being written
    /// @param left what may still hold pieces of texts, and who can remove it; empty where nothing does
    record Erased(
            List<Integer> generations,
            List<String> removed,
            List<String> caches,
            List<String> left) {
        public Erased {
            generations = List.copyOf(generations);
            removed = List.copyOf(removed);
            caches = List.copyOf(caches);
            left = List.copyOf(left);
        }
    }

    /// What a person is told.
    RuntimeException failure(IOException e);

    @Override
    void close() throws IOException;
}
