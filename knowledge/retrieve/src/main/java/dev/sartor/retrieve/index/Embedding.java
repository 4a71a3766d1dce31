package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import java.util.function.Supplier;

/// An embedder that is opened only where there is something to embed: most runs over a standing index change nothing.
///
/// @param digest of the embedder's files: vectors of different digests are not comparable
/// @param opening opens it; called at most once in a run, which closes what it gives
public record Embedding(String name, String digest, Supplier<Embedder> opening) {
    /// Words alone.
    public static Embedding none() {
        return new Embedding(
                "",
                "",
                () -> {
                    throw SartorException.defect("an index by words alone asked for vectors");
                });
    }
}
