package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index that is searched while it is kept current.
class FollowedIndexTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path root;
    private final HashedWords embedder = HashedWords.usual();

    private interface Work {
        void with(PersistentIndex index) throws IOException, InterruptedException;
    }

    /// Works while the folder is followed.
    private void followed(Work work) throws IOException, InterruptedException {
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        var stop = new Cancellation();
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
                                ParseLimits.usual());
                var index = PersistentIndex.open(root.resolve("index"), _ -> embedder)) {
            indexer.run(shelf, false, Progress.silent(), stop);
            var following =
                    Thread.ofPlatform()
                            .start(() ->
                                    indexer.follow(
                                            shelf,
                                            Duration.ofMillis(200),
                                            Progress.silent(),
                                            stop,
                                            _ -> {}));
            try {
                work.with(index);
            } finally {
                stop.ask();
                following.join();
            }
        }
    }

    private Path write(String path, String text) throws IOException {
        var file = root.resolve("docs").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        var aside = file.resolveSibling("." + file.getFileName());
        Files.writeString(aside, text);
        return Files.move(aside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aChangeIsFoundWithinTwoSeconds() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            write(i + ".md", "# Part " + i + "\nfirst");
        }
        followed(index -> {
            var slowest = Duration.ZERO;
            for (int i = 0; i < 10; i++) {
                write(i % 5 + ".md", "# Part\nedition" + i);
                long start = System.nanoTime();
                while (index.search("edition" + i, 1, ANN, SearchMode.BM25).isEmpty()) {
                    Thread.sleep(5);
                    assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
                }
                var took = Duration.ofNanos(System.nanoTime() - start);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
            assertThat(slowest).isLessThan(Duration.ofSeconds(2));
        });
    }

    /// Both passages of a document always tell of the same version.
    @Test
    void aQuestionMeetsEachDocumentWhole() throws IOException, InterruptedException {
        write("a.md", version(0));
        followed(index -> {
            var torn = Collections.synchronizedList(new ArrayList<String>());
            var done = new AtomicBoolean();
            var asking =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!done.get()) {
                                    var found =
                                            index.search("alpha beta", 5, ANN, SearchMode.HYBRID);
                                    var versions =
                                            found.stream()
                                                    .map(f -> f.passage().text().split(" ", 2)[0])
                                                    .distinct()
                                                    .toList();
                                    if (versions.size() != 1 || found.size() != 2) {
                                        torn.add(versions.toString());
                                    }
                                }
                            });
            for (int v = 1; v <= 8; v++) {
                write("a.md", version(v));
                Thread.sleep(250);
            }
            done.set(true);
            asking.join();
            assertThat(torn).isEmpty();
        });
    }

    private static String version(int number) {
        return "# A\n## One\nversion%d alpha%s\n## Two\nversion%d beta%s"
                .formatted(number, " one".repeat(100), number, " two".repeat(100));
    }
}
