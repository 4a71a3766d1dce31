package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.hub.Hub;
import dev.sartor.hub.ModelFolder;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.tensor.DType;
import java.util.function.Function;

/// Embedders by name, as standing indexes know them: fetched where they are not on this machine yet, computing in bf16.
/// Who calls it closes what it opens.
public record HubEmbedders(Hub hub, Progress progress) {
    /// From the cache that the command line fills, in silence; a licence that must be accepted first is refused.
    ///
    /// @param use what the embedders are for
    public static HubEmbedders usual(Use use) {
        return new HubEmbedders(Hub.open(Caches.standard(), use, Gate.closed()), Progress.silent());
    }

    public Embedder open(String name) {
        return open(name, hub.pull(name, progress));
    }

    private static Embedder open(String name, ModelFolder files) {
        return LocalEmbedder.open(name, files.folder(), DType.BF16);
    }

    /// For an index that is to be made with it.
    public Embedding embedding(String name) {
        var files = hub.pull(name, progress);
        return new Embedding(name, files.digest(), () -> open(name, files));
    }

    /// Opens the embedder that an index names. Of other files than the index was made with, it refuses: their vectors are
    /// not comparable.
    public Function<IndexedWith, Embedder> opening() {
        return with -> {
            var files = hub.pull(with.embedder(), progress);
            if (!files.digest().equals(with.digest())) {
                throw SartorException.user(
                        "the index was made with other files of "
                                + with.embedder()
                                + " than are here now: run `sartor index` again, which embeds its"
                                + " documents with these, or search with --mode bm25.");
            }
            return open(with.embedder(), files);
        };
    }
}
