package dev.sartor.serve.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The entries of an archive, one after another.
interface Archive {
    /// @return empty at the end
    /// @throws IOException where the caller hung up
    Optional<Entry> next() throws IOException;

    /// A file.
    ///
    /// @param path as the archive writes it
    /// @param bytes may be read until the next entry is asked for
    record Entry(String path, InputStream bytes) {}
}
