package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;

/// The contract in a folder, and what holds of Lucene's files alone.
class ForgettingTest extends ForgettingContract {
    @Override
    protected IndexStorage index() {
        return IndexStorage.at(folder());
    }

    private Path folder() {
        return root.resolve("index");
    }

    @Override
    protected List<String> failpoints() {
        return List.of("index.commit", "index.merge");
    }

    /// The files with the word in their bytes, and the segments with it in a stored field or a term, deleted or not.
    @Override
    protected List<String> traces() throws IOException {
        var traces = new ArrayList<String>();
        try (var files = Files.walk(folder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (bytes.contains(CANARY) || bytes.contains("jane.md")) {
                    traces.add(folder().relativize(file).toString());
                }
            }
        }
        try (var generations = Files.list(folder().resolve("generations"))) {
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
    void whatWasFetchedOrBeingWrittenGoesToo() throws IOException {
        run();
        Files.createDirectories(folder().resolve("generations/parts-1/a"));
        Files.writeString(folder().resolve("generations/parts-1/a/_0.fdt"), CANARY);
        Files.createDirectories(folder().resolve("sources/wiki/git/objects"));
        Files.writeString(folder().resolve("sources/wiki/git/objects/1"), CANARY);
        Files.writeString(folder().resolve(".current.1.part"), CANARY);
        var erased = forget(JANE).erased();
        assertThat(erased.generations()).containsExactly(1);
        assertThat(erased.removed()).containsExactly("parts-1");
        assertThat(erased.caches()).containsExactly("sources");
        assertThat(traces()).isEmpty();
    }

    @Test
    void aRunFinishesWhatARecordAskedForBeforeTheProcessDied() throws IOException {
        run();
        System.setProperty(Failpoints.PROPERTY, "index.commit:1:full");
        assertThatThrownBy(() -> forget(JANE))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("run the same command again");
        assertThat(folder().resolve("forgotten.jsonl")).content().doesNotContain("jane");
        try (var open = opened()) {
            assertThat(found(open)).isNotEmpty();
        }
        assertThat(run().counts().removed()).isEqualTo(1);
        try (var open = opened()) {
            assertThat(found(open)).isEmpty();
        }
    }

    @Test
    void aFolderThatIsNoIndexIsRefused() {
        assertThatThrownBy(() -> Forgetting.open(IndexStorage.at(docs()), Clock.systemUTC()))
                .hasMessageContaining("is not an index: make one with");
    }

    @Test
    void anIndexThatIsBeingWrittenIsRefused() throws IOException {
        run();
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var _ = Indexer.open(index(), embedding, IndexSettings.usual(), Clock.systemUTC())) {
            assertThatThrownBy(() -> forget(JANE))
                    .hasMessageContaining("is being written by another run of `sartor index`");
        }
        assertThat(folder().resolve("forgotten.jsonl")).doesNotExist();
    }

    @Test
    void aDamagedRecordIsRefusedAsForgottenDocumentsWouldComeBack() throws IOException {
        run();
        forget(JANE);
        Files.writeString(folder().resolve("forgotten.jsonl"), "{\"path_sha256\":\"12\"}\n");
        assertThatThrownBy(this::run)
                .hasMessageContaining("forgotten.jsonl:1 must be a line of the record");
    }
}
