package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A part of a standing index, written aside by one of many who share the work; {@link PartedIndex} joins them. What was not
/// committed by {@link #commit} is lost at close. Not thread-safe.
public final class IndexPart implements AutoCloseable {
    private final Path folder;
    private final IndexedWith with;
    private final Optional<Embedder> embedder;
    private final IndexWriting writing;
    private int embedded;
    private int reused;

    private IndexPart(
            Path folder, IndexedWith with, Optional<Embedder> embedder, IndexWriting writing) {
        this.folder = folder;
        this.with = with;
        this.embedder = embedder;
        this.writing = writing;
    }

    /// @param folder new, and nobody else's
    /// @param embedding which the part's caller opened; it is not closed with the part
    /// @param settings those of the whole
    public static IndexPart open(Path folder, Embedding embedding, IndexSettings settings) {
        var with = IndexedWith.now(embedding, settings);
        Optional<Embedder> embedder =
                with.hasVectors() ? Optional.of(embedding.opening().get()) : Optional.empty();
        try {
            return new IndexPart(folder, with, embedder, LuceneWriting.open(folder, with));
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    /// @param documents none of which is in this part yet
    public void add(DocumentSource documents, Cancellation cancellation) {
        try {
            var run = new IndexRun(documents, embedder, with, Progress.silent(), cancellation);
            run.add(writing, Instant.now());
            embedded += run.embedded();
            reused += run.reused();
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    /// What was done so far is whole on disk from now on.
    public void commit() {
        try {
            writing.commit();
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    /// Passages whose vectors were computed.
    public int embedded() {
        return embedded;
    }

    /// Passages whose vectors were known from others of this part.
    public int reused() {
        return reused;
    }

    @Override
    public void close() {
        try {
            writing.close();
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }
}
