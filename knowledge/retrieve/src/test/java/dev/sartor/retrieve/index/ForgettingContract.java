package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of forgetting wherever an index is kept.
public abstract class ForgettingContract {
    protected static final String CANARY = "quillonwhisper";
    protected static final String JANE = "people/jane.md";
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final int KILLED = 137;

    @TempDir protected Path root;
    protected final HashedWords embedder = HashedWords.usual();

    /// Where the index is kept; empty at the beginning of each test.
    protected abstract IndexStorage index();

    /// Where the word or the document's name stands in bytes that are kept, or in anything that can be read of them.
    protected abstract List<String> traces() throws IOException;

    /// Failpoints, in the order in which they are met: the first before the deletion, the others behind it.
    protected abstract List<String> failpoints();

    /// Run in a JVM of its own, which the failpoint ends.
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            try (var forgetting = Forgetting.open(IndexStorage.at(args[0]), Clock.systemUTC())) {
                forgetting.forget(List.of(args[1]), Progress.silent());
            }
        }
    }

    @BeforeEach
    void handbook() throws IOException {
        for (int i = 0; i < 40; i++) {
            write(i + ".md", "# Part " + i + "\nkettle number " + i);
        }
        write(JANE, "# Jane\nJane's word is " + CANARY + ", she rides to the quay.");
    }

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    protected void write(String path, String text) throws IOException {
        var file = docs().resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    protected Path docs() {
        return root.resolve("docs");
    }

    protected IndexReport run() {
        return run("d1");
    }

    protected IndexReport run(String digest) {
        var embedding = new Embedding("hashed-words", digest, () -> embedder);
        try (var indexer =
                        Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                docs(), List.of(), AccessPolicy.everyone(), ParseLimits.usual())) {
            return indexer.run(shelf, true, Progress.silent(), new Cancellation());
        }
    }

    protected Forgetting.Forgotten forget(String... paths) {
        try (var forgetting = Forgetting.open(index(), Clock.systemUTC())) {
            return forgetting.forget(List.of(paths), Progress.silent());
        }
    }

    protected void allowAgain(String path) {
        try (var forgetting = Forgetting.open(index(), Clock.systemUTC())) {
            forgetting.allowAgain(List.of(path));
        }
    }

    protected PersistentIndex opened() {
        return PersistentIndex.open(index(), _ -> embedder);
    }

    protected static List<String> found(PersistentIndex index) {
        return index.search(CANARY, 3, ANN, SearchMode.BM25).stream()
                .map(each -> each.passage().document())
                .toList();
    }

    private List<String> found() {
        try (var open = opened()) {
            return found(open);
        }
    }

    @Test
    void noByteOfAForgottenDocumentIsLeftAndWhoeverSearchesNoLongerFindsIt() throws IOException {
        run();
        assertThat(traces()).as("the test sees what is there").hasSizeGreaterThan(2);
        try (var following = opened()) {
            assertThat(found(following)).containsExactly(JANE);
            var forgotten = forget(JANE);
            assertThat(forgotten.documents())
                    .containsExactly(new Forgetting.Document(JANE, 1, false));
            assertThat(forgotten.erased().generations()).hasSize(1);
            assertThat(forgotten.erased().left()).isEmpty();
            assertThat(found(following)).isEmpty();
            assertThat(following.show(JANE)).isEmpty();
            for (var mode : SearchMode.values()) {
                assertThat(following.search("kettle", 5, ANN, mode)).hasSize(5);
            }
        }
        assertThat(traces()).isEmpty();
    }

    @Test
    void whatWasRemovedBeforeLeavesItsBytesUntilItIsForgotten() throws IOException {
        run();
        Files.delete(docs().resolve(JANE));
        run();
        assertThat(traces()).as("what is deleted is kept").isNotEmpty();
        assertThat(forget(JANE).documents())
                .containsExactly(new Forgetting.Document(JANE, 0, false));
        assertThat(traces()).isEmpty();
    }

    @Test
    void itStaysOutAtLaterRunsWhateverTheFileIsCalledOrHoldsUntilItIsAllowedAgain()
            throws IOException {
        run();
        forget(JANE);
        assertThat(run().forgotten()).isEqualTo(1);
        Files.move(docs().resolve(JANE), docs().resolve("people/other.md"));
        write(JANE, "# Jane\nAnother text with " + CANARY + ".");
        var report = run();
        assertThat(report.forgotten()).isEqualTo(2);
        assertThat(report.lines()).anyMatch(line -> line.startsWith("2 stay out, as"));
        assertThat(run("d2").forgotten()).as("in a new generation, too").isEqualTo(2);
        assertThat(traces()).isEmpty();
        allowAgain(JANE);
        assertThat(run("d2").forgotten()).isZero();
        assertThat(found()).containsOnly(JANE, "people/other.md");
    }

    @Test
    void copiesUnderOtherPathsAndGenerationsThatWereBegunGoToo() throws IOException {
        run();
        Files.copy(docs().resolve(JANE), docs().resolve("copy of jane.md"));
        run();
        System.setProperty(Failpoints.PROPERTY, "index.committed:1:full");
        assertThatThrownBy(() -> run("d2")).isInstanceOf(SartorException.class);
        var forgotten = forget(JANE);
        assertThat(forgotten.documents())
                .extracting(Forgetting.Document::path, Forgetting.Document::isCopy)
                .containsExactly(tuple("copy of jane.md", true), tuple(JANE, false));
        assertThat(forgotten.erased().generations()).hasSize(2);
        assertThat(traces()).isEmpty();
        assertThat(run("d2").counts().added()).as("what was begun goes on").isZero();
    }

    @Test
    void aFullDiskAnywhereLeavesItThereOrGoneAndTheSameCommandFinishes() throws IOException {
        run();
        for (var failpoint : failpoints()) {
            System.setProperty(Failpoints.PROPERTY, failpoint + ":1:full");
            assertThatThrownBy(() -> forget(JANE))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("No space left on device");
            boolean before = failpoint.equals(failpoints().getFirst());
            assertThat(found()).as(failpoint).isEqualTo(before ? List.of(JANE) : List.of());
            assertThat(traces()).as(failpoint).isNotEmpty();
            forget(JANE);
            assertThat(traces()).as(failpoint).isEmpty();
            allowAgain(JANE);
            write(failpoint + ".md", "# Beside\nWritten along with it.");
            assertThat(run().counts().added()).as(failpoint).isEqualTo(2);
        }
    }

    @Test
    void killedBehindTheDeletionItStaysOutAndTheSameCommandFinishes()
            throws IOException, InterruptedException {
        run();
        assertThat(child(failpoints().get(1) + ":1")).isEqualTo(KILLED);
        assertThat(found()).as("nobody finds it any more").isEmpty();
        assertThat(run().forgotten()).as("it stays out").isOne();
        assertThat(traces()).isNotEmpty();
        forget(JANE);
        assertThat(traces()).isEmpty();
        try (var open = opened()) {
            assertThat(open.search("kettle", 5, ANN, SearchMode.HYBRID)).hasSize(5);
        }
    }

    private int child(String failpoint) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        "-D" + Failpoints.PROPERTY + "=" + failpoint,
                        Child.class.getName(),
                        index().toString(),
                        JANE)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("child.log").toFile())
                .start()
                .waitFor();
    }

    @Test
    void whoSearchesMeanwhileIsAnsweredAndNeverSeesHalfOfIt() {
        run();
        try (var following = opened()) {
            var finished = new CompletableFuture<Boolean>();
            var answers = new AtomicInteger();
            var searching =
                    CompletableFuture.runAsync(
                            () -> {
                                while (!finished.isDone()) {
                                    assertThat(found(following)).isIn(List.of(), List.of(JANE));
                                    assertThat(following.search("kettle", 5, ANN)).hasSize(5);
                                    answers.incrementAndGet();
                                }
                            },
                            command -> Thread.ofVirtual().start(command));
            while (answers.get() == 0 && !searching.isDone()) {
                Thread.onSpinWait();
            }
            forget(JANE);
            assertThat(found(following)).isEmpty();
            finished.complete(true);
            searching.join();
            assertThat(answers.get()).isPositive();
        }
    }

    @Test
    void whatIsNotThereIsRefusedAndNothingIsChanged() throws IOException {
        run();
        assertThatThrownBy(() -> forget(JANE, "people/jan.md"))
                .hasMessageContaining("holds no document people/jan.md.")
                .hasMessageContaining("Did you mean 'people/jane.md'? Nothing was forgotten.");
        assertThatThrownBy(() -> forget("a\nb"))
                .hasMessageContaining("holds no document \"a\\nb\".");
        assertThatThrownBy(() -> allowAgain(JANE)).hasMessageContaining("was not forgotten in");
        assertThat(run().forgotten()).isZero();
        assertThat(found()).containsExactly(JANE);
    }
}
