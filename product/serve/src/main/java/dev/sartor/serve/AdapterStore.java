package dev.sartor.serve;

import dev.sartor.core.Readers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Adapters that callers attach and detach while others answer. What is attached outlives the process. Thread-safe.
public interface AdapterStore {
    /// PEFT's settings.
    String SETTINGS = "adapter_config.json";

    /// Its weights.
    String WEIGHTS = "adapter_model.safetensors";

    /// Who may read what it was made from; may be missing.
    String READERS = "readers.json";

    /// In alphabetical order.
    List<Attached> all();

    Optional<Attached> find(String name);

    /// The largest file of weights that it takes.
    long mostBytes();

    /// Attaches an adapter in place of what had the name. The next request is answered with it; those under way end with what
    /// they began with.
    ///
    /// @throws SartorException a user's error where it is none, or does not fit the model
    Attached attach(Wanted wanted);

    /// Takes an adapter from the next request on.
    ///
    /// @param beforeItCounts run before it is gone, and only where there is one; what it throws keeps the adapter
    /// @return whether there was one
    boolean detach(String name, Runnable beforeItCounts);

    /// One that is attached.
    ///
    /// @param digest SHA-256 of its weights' file
    /// @param rank the highest that its settings give any layer
    /// @param bytes of its weights' file
    /// @param since when it was attached
    /// @param owner `tenant:…` or `user:…`, who may replace it; empty where only a keeper of the server may
    /// @param readers who may call it
    record Attached(
            String name,
            String digest,
            int rank,
            long bytes,
            Instant since,
            Optional<String> owner,
            Readers readers) {}

    /// What a caller wants attached.
    ///
    /// @param owner as of {@link Attached}
    /// @param readers who may call it, besides what its own file and the model's say
    /// @param most how many of the owner may be attached
    /// @param files as they come
    /// @param beforeItCounts told the digest when all was found right, before it is attached; what it throws leaves all as it was
    record Wanted(
            String name,
            Optional<String> owner,
            Readers readers,
            int most,
            SentFiles files,
            Consumer<String> beforeItCounts) {}

    /// The files of an adapter, one after another, each with one of the names above and each once.
    interface SentFiles {
        /// @return empty at the end
        /// @throws IOException where the caller hung up
        Optional<SentFile> next() throws IOException;
    }

    /// @param bytes read to their end, or not, before the next file is asked for
    record SentFile(String name, InputStream bytes) {}

    /// Takes none.
    static AdapterStore none() {
        return new NoAdapters();
    }
}
