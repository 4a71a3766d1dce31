package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.hub.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final byte[] CONTENT = Content.of(1003);

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("x.part");
    }

    private PartFile open(int segments) {
        return PartFile.open(path(), CONTENT.length, segments);
    }

    private static void write(PartFile part, int segment, int bytes) {
        part.write(segment, ByteBuffer.wrap(CONTENT, (int) part.position(segment), bytes));
    }

    @Test
    void segmentsCoverTheFileWithoutGapOrOverlap() {
        try (var part = open(4)) {
            assertThat(part.position(0)).isZero();
            for (int i = 1; i < 4; i++) {
                assertThat(part.position(i)).isEqualTo(part.end(i - 1));
            }
            assertThat(part.end(3)).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void eachSegmentGoesOnWhereItWas() throws IOException {
        try (var part = open(4)) {
            write(part, 2, 100);
            write(part, 0, 250);
        }
        assertThat(PartFile.found(path(), CONTENT.length, 4)).isEqualTo(350);
        try (var part = open(4)) {
            assertThat(part.isComplete(0)).isTrue();
            assertThat(part.isComplete(2)).isFalse();
            for (int i = 1; i < 4; i++) {
                write(part, i, (int) (part.end(i) - part.position(i)));
            }
            assertThat(part.done()).isEqualTo(CONTENT.length);
        }
        assertThat(path()).hasBinaryContent(CONTENT);
    }

    @Test
    void aPartOfAnotherSizeOrShapeIsBegunAnew() {
        try (var part = open(1)) {
            write(part, 0, 500);
        }
        try (var part = PartFile.open(path(), 2000, 1)) {
            assertThat(part.done()).isZero();
        }
        try (var part = open(1)) {
            write(part, 0, 500);
        }
        try (var part = open(4)) {
            assertThat(part.done()).isZero();
        }
    }

    @Test
    void aJournalThatSaysMoreThanIsThereIsNotBelieved() throws IOException {
        try (var part = open(1)) {
            write(part, 0, 500);
        }
        Files.write(path(), Arrays.copyOf(CONTENT, 400));
        try (var part = open(1)) {
            assertThat(part.done()).isZero();
        }
        Files.write(folder.resolve("x.part.at"), new byte[] {1, 2, 3});
        try (var part = open(1)) {
            assertThat(part.done()).isZero();
        }
        var lying = ByteBuffer.allocate(16).putLong(CONTENT.length).putLong(-5).array();
        Files.write(folder.resolve("x.part.at"), lying);
        try (var part = open(1)) {
            assertThat(part.done()).isZero();
        }
    }

    @Test
    void contentWithoutAJournalIsNotBelieved() throws IOException {
        Files.write(path(), CONTENT);
        assertThat(PartFile.found(path(), CONTENT.length, 1)).isZero();
        try (var part = open(1)) {
            assertThat(part.done()).isZero();
        }
    }

    @Test
    void aFileOfUnknownLengthIsNeverComplete() {
        try (var part = PartFile.open(path(), PartFile.UNKNOWN, 1)) {
            write(part, 0, 1000);
            assertThat(part.isComplete(0)).isFalse();
        }
        try (var part = PartFile.open(path(), PartFile.UNKNOWN, 1)) {
            assertThat(part.done()).isZero();
        }
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        var missing = folder.resolve("missing/x.part");
        assertThatThrownBy(() -> PartFile.open(missing, 1, 1))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("cannot write " + missing);
    }
}
