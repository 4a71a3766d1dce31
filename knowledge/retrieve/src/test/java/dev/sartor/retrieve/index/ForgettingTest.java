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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {
    private static final String CANARY = "quillonwhisper";
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path root;
    private final HashedWords embedder = HashedWords.usual();

    @BeforeEach
    void handbook() throws IOException {
        for (int i = 0; i < 40; i++) {
            write(i + ".md", "# Part " + i + "\nkettle number " + i);
        }
        write("people/jane.md", "# Jane\nJane's word is " + CANARY + ", she rides to the quay.");
    }

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve("docs").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Path index() {
        return root.resolve("index");
    }

    private IndexReport run() {
        return run("d1");
    }

    private IndexReport run(String digest) {
        var embedding = new Embedding("hashed-words", digest, () -> embedder);
        try (var indexer =
                        Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.everyone(),
                                ParseLimits.usual())) {
            return indexer.run(shelf, true, Progress.silent(), new Cancellation());
        }
    }

    private Forgetting.Forgotten forget(String... paths) {
        try (var forgetting = Forgetting.open(IndexStorage.at(index()), Clock.systemUTC())) {
            return forgetting.forget(List.of(paths), Progress.silent());
        }
    }

    private PersistentIndex opened() {
        return PersistentIndex.open(index(), _ -> embedder);
    }

    private static List<String> found(PersistentIndex index) {
        return index.search(CANARY, 3, ANN, SearchMode.BM25).stream()
                .map(each -> each.passage().document())
                .toList();
    }

    /// The files with the word in their bytes, and the segments with it in a stored field or a term, deleted or not.
    private List<String> traces() throws IOException {
        var traces = new ArrayList<String>();
        try (var files = Files.walk(index())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (bytes.contains(CANARY) || bytes.contains("jane.md")) {
                    traces.add(index().relativize(file).toString());
                }
            }
        }
        try (var generations = Files.list(index().resolve("generations"))) {
            for (var generation : generations.toList()) {
                segments(generation, traces);
            }
        }
        return traces;
    }

    private static void segments(Path generation, List<String> traces) throws IOException {
        try (var directory = FSDirectory.open(generation);
                var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) {
                for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                    var stored = leaf.reader().storedFields().document(doc).toString();
                    if (stored.contains(CANARY) || stored.contains("jane.md")) {
                        traces.add(generation.getFileName() + " holds document " + doc);
                    }
                }
                for (var field : leaf.reader().getFieldInfos()) {
                    var terms = leaf.reader().terms(field.name);
                    var each = terms == null ? null : terms.iterator();
                    while (each != null && each.next() != null) {
                        var term = each.term().bytes;
                        var text =
                                new String(
                                        term,
                                        each.term().offset,
                                        each.term().length,
                                        StandardCharsets.ISO_8859_1);
                        if (text.contains(CANARY) || text.contains("jane.md")) {
                            traces.add(generation.getFileName() + " holds a term of " + field.name);
                        }
                    }
                }
            }
        }
    }

    @Test
    void noByteOfAForgottenDocumentIsLeftAndWhoeverSearchesNoLongerFindsIt() throws IOException {
        run();
        assertThat(traces()).as("the test sees what is there").hasSizeGreaterThan(3);
        try (var following = opened()) {
            assertThat(found(following)).containsExactly("people/jane.md");
            var forgotten = forget("people/jane.md");
            assertThat(forgotten.documents())
                    .containsExactly(new Forgetting.Document("people/jane.md", 1, false));
            assertThat(forgotten.generations()).containsExactly(1);
            assertThat(found(following)).isEmpty();
            assertThat(following.show("people/jane.md")).isEmpty();
            assertThat(following.search("kettle", 5, ANN, SearchMode.HYBRID)).hasSize(5);
        }
        assertThat(traces()).isEmpty();
    }

    @Test
    void whatWasRemovedBeforeIsStillInASegmentUntilItIsForgotten() throws IOException {
        run();
        Files.delete(root.resolve("docs/people/jane.md"));
        run();
        assertThat(traces()).as("Lucene keeps what is deleted").isNotEmpty();
        assertThat(forget("people/jane.md").documents())
                .containsExactly(new Forgetting.Document("people/jane.md", 0, false));
        assertThat(traces()).isEmpty();
    }

    @Test
    void itStaysOutAtLaterRunsWhateverTheFileIsCalledOrHoldsUntilItIsAllowedAgain()
            throws IOException {
        run();
        forget("people/jane.md");
        assertThat(run().forgotten()).isEqualTo(1);
        Files.move(root.resolve("docs/people/jane.md"), root.resolve("docs/people/other.md"));
        write("people/jane.md", "# Jane\nAnother text with " + CANARY + ".");
        var report = run();
        assertThat(report.forgotten()).isEqualTo(2);
        assertThat(report.lines()).anyMatch(line -> line.startsWith("2 stay out, as"));
        assertThat(run("d2").forgotten()).as("in a new generation, too").isEqualTo(2);
        assertThat(traces()).isEmpty();
        try (var forgetting = Forgetting.open(IndexStorage.at(index()), Clock.systemUTC())) {
            forgetting.allowAgain(List.of("people/jane.md"));
        }
        assertThat(run("d2").forgotten()).isZero();
        try (var open = opened()) {
            assertThat(found(open)).containsOnly("people/jane.md", "people/other.md");
        }
    }

    @Test
    void copiesUnderOtherPathsAndGenerationsThatWereBegunGoToo() throws IOException {
        run();
        Files.copy(root.resolve("docs/people/jane.md"), root.resolve("docs/copy of jane.md"));
        run();
        System.setProperty(Failpoints.PROPERTY, "index.committed:1:full");
        assertThatThrownBy(() -> run("d2")).isInstanceOf(SartorException.class);
        assertThat(index().resolve("generations/2")).isDirectory();
        Files.createDirectories(index().resolve("generations/parts-1/a"));
        Files.writeString(index().resolve("generations/parts-1/a/_0.fdt"), CANARY);
        Files.createDirectories(index().resolve("sources/wiki/git/objects"));
        Files.writeString(index().resolve("sources/wiki/git/objects/1"), CANARY);
        Files.writeString(index().resolve(".current.1.part"), CANARY);
        var forgotten = forget("people/jane.md");
        assertThat(forgotten.documents())
                .extracting(Forgetting.Document::path, Forgetting.Document::isCopy)
                .containsExactly(tuple("copy of jane.md", true), tuple("people/jane.md", false));
        assertThat(forgotten.generations()).containsExactly(1, 2);
        assertThat(forgotten.removed()).containsExactly("parts-1");
        assertThat(forgotten.caches()).containsExactly("sources");
        assertThat(traces()).isEmpty();
        assertThat(run("d2").counts().added()).as("what was begun goes on").isZero();
    }

    @Test
    void aFullDiskInTheMidstLeavesARecordAndTheSameCommandFinishes() throws IOException {
        run();
        System.setProperty(Failpoints.PROPERTY, "index.merge:1:full");
        assertThatThrownBy(() -> forget("people/jane.md"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("run the same command again");
        assertThat(index().resolve("forgotten.jsonl")).content().doesNotContain("jane");
        try (var open = opened()) {
            assertThat(found(open)).as("nobody finds it any more").isEmpty();
        }
        assertThat(traces()).isNotEmpty();
        forget("people/jane.md");
        assertThat(traces()).isEmpty();
    }

    @Test
    void aRunFinishesWhatARecordAskedForBeforeTheProcessDied() throws IOException {
        run();
        System.setProperty(Failpoints.PROPERTY, "index.commit:1:full");
        assertThatThrownBy(() -> forget("people/jane.md")).isInstanceOf(SartorException.class);
        try (var open = opened()) {
            assertThat(found(open)).isNotEmpty();
        }
        assertThat(run().counts().removed()).isEqualTo(1);
        try (var open = opened()) {
            assertThat(found(open)).isEmpty();
        }
    }

    @Test
    void whatIsNotThereOrIsBeingWrittenIsRefusedAndNothingIsChanged() {
        run();
        assertThatThrownBy(() -> forget("people/jane.md", "people/jan.md"))
                .hasMessageContaining("holds no document people/jan.md.")
                .hasMessageContaining("Did you mean 'people/jane.md'? Nothing was forgotten.");
        assertThatThrownBy(() -> forget("a\nb"))
                .hasMessageContaining("holds no document \"a\\nb\".");
        assertThat(index().resolve("forgotten.jsonl")).doesNotExist();
        assertThatThrownBy(() ->
                        Forgetting.open(IndexStorage.at(root.resolve("docs")), Clock.systemUTC()))
                .hasMessageContaining("is not an index: make one with");
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var _ = Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC())) {
            assertThatThrownBy(() -> forget("people/jane.md"))
                    .hasMessageContaining("is being written by another run of `sartor index`");
        }
    }

    @Test
    void aDamagedRecordIsRefusedAsForgottenDocumentsWouldComeBack() throws IOException {
        run();
        forget("people/jane.md");
        Files.writeString(index().resolve("forgotten.jsonl"), "{\"path_sha256\":\"12\"}\n");
        assertThatThrownBy(this::run)
                .hasMessageContaining("forgotten.jsonl:1 must be a line of the record");
    }
}
