package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made from the user's rows and documents can be read by its owner alone, whatever the umask is.
class PrivateResultsTest {
    @TempDir private Path folder;

    private static List<String> readableByOthers(Path root) throws IOException {
        assertThat(root).exists();
        try (var all = Files.walk(root)) {
            return all.filter(path -> !permissions(path).endsWith("------"))
                    .map(path -> permissions(path) + " " + root.relativize(path))
                    .toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runsAdaptersAndCheckpointsAreTheirOwnersAlone() throws IOException {
        var model = TinyTask.decoder(folder, "llama");
        var project =
                TinyTask.project(
                        folder, model, "epochs: 2, learning_rate: 2e-2, rank: 4, save_steps: 1");
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        assertThat(folder.resolve("runs/adapters")).exists();
        assertThat(readableByOthers(folder.resolve("runs"))).isEmpty();
        assertThat(readableByOthers(folder.resolve("report.html"))).isEmpty();
    }

    @Test
    void exportsAreTheirOwnersAlone() throws IOException {
        var model = Checkout.file("engine/model/src/test/resources/reference/llama").toString();
        for (var form : List.of("hf", "gguf")) {
            var screen = Screen.file(folder.resolve("cache"));
            var out = folder.resolve("out/" + form + "/model." + form).toString();
            assertThat(screen.sartor("models", "export", model, "--as", form, "--out", out))
                    .as(screen.remarks())
                    .isZero();
        }
        assertThat(readableByOthers(folder.resolve("out"))).isEmpty();
    }

    @Test
    void indexesAreTheirOwnersAloneAndOnesThatWereNotBecomeIt() throws IOException {
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/pay.md"), "# Pay\n\nNine euros.");
        var shelf = folder.resolve("shelf");
        assertThat(index(shelf)).isZero();
        assertThat(readableByOthers(shelf)).isEmpty();
        try (var all = Files.walk(shelf)) {
            for (var path : all.toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        Files.writeString(folder.resolve("docs/pay.md"), "# Pay\n\nTen euros.");
        assertThat(index(shelf)).isZero();
        assertThat(permissions(shelf)).isEqualTo("rwx------");
        assertThat(readableByOthers(shelf.resolve("generations/1"))).isEmpty();
    }

    private int index(Path shelf) {
        return Screen.file(folder.resolve("cache"))
                .sartor(
                        "index",
                        folder.resolve("docs").toString(),
                        "--out",
                        shelf.toString(),
                        "--embedder",
                        "none",
                        "--public");
    }
}
