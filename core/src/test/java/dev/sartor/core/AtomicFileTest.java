package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir Path folder;

    @Test
    void aFailedWriteLeavesTheOldContentAndNoPart() throws IOException {
        var file = folder.resolve("report.html");
        AtomicFile.write(file, "old");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out -> {
                                    out.write(1);
                                    throw new IOException("No space left on device");
                                }))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("report.html")
                .hasMessageContaining("No space left")
                .hasMessageContaining("MiB are free");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
