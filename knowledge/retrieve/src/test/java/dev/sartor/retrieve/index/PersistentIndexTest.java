package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract, kept in a folder.
class PersistentIndexTest extends IndexContract {
    private Path folder() {
        return root.resolve("index");
    }

    @Override
    protected IndexStorage index() {
        return IndexStorage.at(folder());
    }

    @Test
    void ofTwoGenerationsTheReplacedOneIsGone() throws IOException {
        shop();
        run();
        run(AccessPolicy.everyone(), new Embedding("hashed-words", "d2", () -> embedder), false);
        assertThat(folder().resolve("generations")).isDirectoryContaining("glob:**/2");
        assertThat(folder().resolve("generations/1")).doesNotExist();
    }

    @Test
    void linksAreNotFollowedAndAnIndexInTheFolderIsNoDocument() throws IOException {
        shop();
        Files.writeString(root.resolve("secret.md"), "# Secret\nplans");
        Files.createSymbolicLink(docs().resolve("link.md"), root.resolve("secret.md"));
        var linked = Files.createSymbolicLink(root.resolve("linked"), docs());
        try (var indexer =
                        Indexer.open(
                                docs().resolve("shelf"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                linked, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            var report = indexer.run(shelf, false, Progress.silent(), new Cancellation());
            assertThat(report.counts()).isEqualTo(new IndexReport.Counts(0, 3, 0, 0, 0, 0));
            assertThat(report.failed()).isEmpty();
        }
    }

    @Test
    void whatIsNoIndexOrNotWholeIsSaidSo() throws IOException {
        assertThatThrownBy(() -> found("x", ANN, SearchMode.BM25))
                .hasMessageContaining("is not an index: make one with `sartor index");
        Files.createDirectories(folder().resolve("generations/1"));
        assertThatThrownBy(() -> found("x", ANN, SearchMode.BM25))
                .hasMessageContaining("not whole yet");
    }
}
