package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process that ends, or a full disk, in the midst of a run.
class KilledIndexTest {
    private static final int KILLED = 137;

    @TempDir private Path root;

    /// Run in a JVM of its own, which the failpoint ends.
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            run(Path.of(args[0]), Path.of(args[1]));
        }
    }

    private static IndexReport run(Path docs, Path index) {
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        try (var indexer =
                        Indexer.open(index, embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                docs, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            return indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private static void write(Path docs, int document, Random random) throws IOException {
        var file = docs.resolve(document % 7 + "/" + document + ".md");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file,
                "# Document "
                        + document
                        + "\nkettle "
                        + random.nextInt(1000)
                        + " lamp "
                        + document);
    }

    private static Map<String, String> held(Path index) {
        var held = new TreeMap<String, String>();
        try (var open = PersistentIndex.open(index, _ -> HashedWords.usual())) {
            open.showAll(shown -> held.put(shown.path(), shown.toString()));
        }
        return held;
    }

    @ParameterizedTest
    @CsvSource({"index.write:140", "index.commit:1", "index.commit:2", "index.committed:1"})
    void aKilledRunGoesOnAndEndsWithWhatOneFromScratchHolds(String failpoint)
            throws IOException, InterruptedException {
        var docs = Files.createDirectory(root.resolve("docs"));
        var index = root.resolve("index");
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            write(docs, i, random);
        }
        run(docs, index);
        for (int i = 0; i < 200; i += 2) {
            write(docs, i, random);
        }
        for (int i = 200; i < 260; i++) {
            write(docs, i, random);
        }
        Files.delete(docs.resolve("1/1.md"));
        Files.move(docs.resolve("3/3.md"), docs.resolve("4/moved.md"));
        Files.writeString(docs.resolve("5/.access.yaml"), "readers: [group:a]");
        assertThat(child(failpoint, docs, index)).isEqualTo(KILLED);
        try (var open = PersistentIndex.open(index, _ -> HashedWords.usual())) {
            var ann = new Principal(Set.of("user:ann", "group:a"));
            assertThat(open.search("kettle lamp", 10, ann, SearchMode.HYBRID)).hasSize(10);
        }
        run(docs, index);
        run(docs, root.resolve("fresh"));
        assertThat(held(index)).isEqualTo(held(root.resolve("fresh"))).hasSize(259);
    }

    private int child(String failpoint, Path docs, Path index)
            throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + Failpoints.PROPERTY + "=" + failpoint,
                        "-XX:TieredStopAtLevel=1",
                        Child.class.getName(),
                        docs.toString(),
                        index.toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("child.log").toFile())
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @CsvSource({"index.write:70:full", "index.commit:1:full", "file.written:1:full"})
    void aFullDiskLosesNothingAndTheNextRunGoesOn(String failpoint) throws IOException {
        var docs = Files.createDirectory(root.resolve("docs"));
        var index = root.resolve("index");
        var random = new Random(5);
        for (int i = 0; i < 100; i++) {
            write(docs, i, random);
        }
        System.setProperty(Failpoints.PROPERTY, failpoint);
        assertThatThrownBy(() -> run(docs, index))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Free some space")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
        run(docs, index);
        assertThat(held(index)).hasSize(100);
    }

    /// Lucene merges on a thread of its own; the run that meets the closed writer says why, and the next one goes on.
    @Test
    void aDiskThatIsFullWhileSegmentsAreMergedIsSaidAndLosesNothing() throws IOException {
        var docs = Files.createDirectory(root.resolve("docs"));
        var random = new Random(5);
        var failures = new ArrayList<SartorException>();
        System.setProperty(Failpoints.PROPERTY, "index.merge:1:full");
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                docs, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            for (int i = 0; i < 40; i++) {
                write(docs, i, random);
                try {
                    indexer.run(shelf, false, Progress.silent(), new Cancellation());
                } catch (SartorException e) {
                    failures.add(e);
                }
            }
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(SartorException.Kind.MISSING);
                    assertThat(failure).hasMessageContaining("No space left on device");
                });
        assertThat(held(root.resolve("index"))).hasSize(40);
    }

    @Test
    void whatWasCommittedBeforeAStopIsNotEmbeddedAgain() throws IOException {
        var docs = Files.createDirectory(root.resolve("docs"));
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            write(docs, i, random);
        }
        var stop = new Cancellation();
        stop.ask();
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                docs, List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            assertThatThrownBy(() -> indexer.run(shelf, false, Progress.silent(), stop))
                    .hasMessageContaining("goes on from there")
                    .extracting(e -> ((SartorException) e).kind())
                    .isEqualTo(SartorException.Kind.STOPPED);
        }
        assertThat(run(docs, root.resolve("index")).embedded()).isEqualTo(200 - 128);
    }
}
