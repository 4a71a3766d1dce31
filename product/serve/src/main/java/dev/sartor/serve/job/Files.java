package dev.sartor.serve.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// Files of callers. Whoever is not a file's owner is told the same of it as of one that is not there. Thread-safe.
public interface Files {
    /// The most bytes of one file.
    long mostBytes();

    /// Says why an owner may keep no more, before anything is read; empty where he may.
    Optional<String> whyFull(Owner owner, long bytes);

    /// Where content is written that is not kept yet; on the same disk as what is kept.
    java.nio.file.Path aside();

    /// Keeps what a stream holds, to its end. It is on the disk when this returns, or nothing of it is.
    ///
    /// @throws IOException where the stream breaks
    /// @throws dev.sartor.core.SartorException a user's error where it holds more than is kept
    StoredFile keep(Owner owner, Purpose purpose, String name, InputStream content)
            throws IOException;

    Page.Part<StoredFile> list(Owner owner, Set<Purpose> purposes, Page page);

    Optional<StoredFile> find(Owner owner, String id);

    /// Its bytes; empty where there is none such.
    Optional<InputStream> content(Owner owner, String id);

    /// @return whether there was one
    boolean delete(Owner owner, String id);
}
