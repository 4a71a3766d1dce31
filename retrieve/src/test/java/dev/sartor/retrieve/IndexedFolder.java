package dev.sartor.retrieve;

import dev.sartor.core.Cancellation;
import dev.sartor.core.Progress;
import dev.sartor.documents.AccessPolicy;
import dev.sartor.documents.FolderSource;
import dev.sartor.documents.ParseLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// A folder `docs`, which everyone may read, with its standing index in `index` beside it.
final class IndexedFolder {
    private IndexedFolder() {}

    /// Brings the index up to date.
    static void run(Path root, Embedding embedding) {
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
