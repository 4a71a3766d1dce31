package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Readers;
import dev.sartor.core.file.Failpoints;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneWritingTest {
    private static final IndexedWith WITH =
            IndexedWith.now(
                    new Embedding("hashed-words", "d1", HashedWords::usual), IndexSettings.usual());

    @TempDir private Path folder;

    @AfterEach
    void noDiskIsFull() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private static void commit(LuceneWriting writing, int documents) throws IOException {
        for (int i = 0; i < documents; i++) {
            var listed =
                    new DocumentSource.Listed(
                            "d" + i + ".md",
                            "s",
                            Instant.EPOCH,
                            Readers.everyone(),
                            Metadata.none());
            writing.replace(DocumentState.failed(listed, "s", "x", "unreadable"), List.of());
            writing.commit();
        }
    }

    @Test
    void joinedSegmentsHoldWhatTheyHeldApart() throws IOException {
        try (var writing = LuceneWriting.open(folder, WITH)) {
            commit(writing, 6);
            assertThat(writing.stored().reader().leaves()).hasSizeGreaterThan(2);
            writing.join(2);
            assertThat(writing.stored().reader().leaves()).hasSizeLessThanOrEqualTo(2);
            assertThat(writing.states()).hasSize(6);
        }
    }

    @Test
    void aDiskThatIsFullMeanwhileIsNamed() throws IOException {
        try (var writing = LuceneWriting.open(folder, WITH)) {
            commit(writing, 6);
            System.setProperty(Failpoints.PROPERTY, "index.merge:1:full");
            assertThatThrownBy(() -> writing.join(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
        }
        try (var writing = LuceneWriting.open(folder, WITH)) {
            assertThat(writing.states()).hasSize(6);
        }
    }

    @Test
    void segmentsAreJoinedAfterALargeChangeOfALargeIndexAlone() {
        assertThat(LuceneWriting.segments(25_000, 25_000)).isEmpty();
        assertThat(LuceneWriting.segments(100_000, 9_999)).isEmpty();
        assertThat(LuceneWriting.segments(100_000, 10_000)).hasValue(3);
        assertThat(LuceneWriting.segments(10_000_000, 10_000_000)).hasValue(20);
    }
}
