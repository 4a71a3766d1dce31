package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir private Path folder;

    @Test
    void aFolderGoesWithAllThatIsInItAndNothingBesideIt() throws IOException {
        var gone = folder.resolve("run");
        Files.writeString(Files.createDirectories(gone.resolve("epoch/1")).resolve("state"), "x");
        var kept = Files.writeString(folder.resolve("run.json"), "{}");
        Folders.delete(gone);
        assertThat(gone).doesNotExist();
        assertThat(kept).hasContent("{}");
    }

    @Test
    void aFolderThatIsNotThereIsFine() {
        assertThatCode(() -> Folders.delete(folder.resolve("nowhere"))).doesNotThrowAnyException();
    }

    @Test
    void whatALinkLeadsToStays() throws IOException {
        var data = Files.createDirectory(folder.resolve("data"));
        var kept = Files.writeString(data.resolve("a"), "x");
        var gone = Files.createDirectory(folder.resolve("run"));
        Files.createSymbolicLink(gone.resolve("link"), data);
        Folders.delete(gone);
        assertThat(gone).doesNotExist();
        assertThat(kept).hasContent("x");
    }
}
