package dev.sartor.retrieve.index;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.search.IndexSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// A folder `docs`, which everyone may read, with its standing index in `index` beside it.
public final class IndexedFolder {
    private IndexedFolder() {}

    /// Brings the index up to date.
    public static void run(Path root, Embedding embedding) {
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.everyone(),
                                ParseLimits.usual())) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }
}
