package dev.sartor.cli;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.Embedding;
import dev.sartor.retrieve.IndexedWith;
import java.util.function.Function;

/// Embedders of standing indexes. An index names the digest of its embedder's files: vectors of others are refused.
record IndexEmbedders(LocalEngines engines) {
    /// Stands for no embedder at all.
    static final String NONE = "none";

    Embedding embedding(String name) {
        return name.equals(NONE)
                ? Embedding.none()
                : new Embedding(name, engines.digest(name), () -> engines.embedder(name));
    }

    /// Opens the embedder that an index names.
    Function<IndexedWith, Embedder> opening() {
        return with -> {
            if (!engines.digest(with.embedder()).equals(with.digest())) {
                throw SartorException.user(
                        "the index was made with other files of "
                                + with.embedder()
                                + " than are here now: run `sartor index` again, which embeds its"
                                + " documents with these, or search with --mode bm25.");
            }
            return engines.embedder(with.embedder());
        };
    }
}
