package dev.sartor.retrieve.index;

import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.StoredDocuments;
import dev.sartor.retrieve.search.StoredPassages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes into a generation of a standing index. A document is replaced as a whole; what was not committed is lost at
/// close, and nothing else is. Not thread-safe.
public interface IndexWriting extends AutoCloseable {
    /// As of the last commit.
    StoredDocuments stored();

    /// All documents as of the last commit, by their paths.
    Map<String, DocumentState> states() throws IOException;

    /// The vectors of equal passages, committed or written since, by {@link StoredPassages#content}.
    Map<String, float[]> vectorsOf(Set<String> contents) throws IOException;

    /// How many new vectors a crash would cost now.
    int uncommitted();

    void replace(DocumentState state, List<StoredPassages.Embedded> passages) throws IOException;

    /// Changes what is known of a document, not its passages.
    void restate(DocumentState state) throws IOException;

    void remove(String path) throws IOException;

    void commit() throws IOException;

    /// Does what makes questions take less time, where many passages are new.
    ///
    /// @param written passages since the last call, or more
    void settle(int written, Progress progress) throws IOException;

    @Override
    void close() throws IOException;
}
