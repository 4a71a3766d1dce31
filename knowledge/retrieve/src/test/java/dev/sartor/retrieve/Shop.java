package dev.sartor.retrieve;

import dev.sartor.core.Principal;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.search.IndexSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// Documents of a shop with their readers, and the index over them.
public record Shop(Path root) {
    public static final Principal ANN = new Principal(Set.of("user:ann", "group:sales"));
    public static final Principal BEN = new Principal(Set.of("user:ben"));

    public static Shop in(Path root) {
        var shop = new Shop(root);
        shop.write("returns.md", "# Returns\nThe copper kettle may be returned for thirty days.");
        shop.write("sales/price.md", "# Prices\nThe copper kettle is bought for eleven euros.");
        shop.write("legal/terms.md", "# Terms\nBuyers may send goods back within thirty days.");
        shop.write(".access.yaml", "readers: everyone");
        shop.write("sales/.access.yaml", "readers: [group:sales]");
        return shop;
    }

    public void write(String path, String text) {
        AtomicFile.write(root.resolve("docs").resolve(path), text);
    }

    public Path index() {
        return root.resolve("index");
    }

    /// As `sartor index` makes it.
    public void indexWith(Embedding embedding) {
        try (var indexer =
                        Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.none(),
                                ParseLimits.usual())) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }
}
