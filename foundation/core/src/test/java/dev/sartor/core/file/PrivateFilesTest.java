package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir private Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatIsWrittenIsItsOwnersAloneAndSoAreTheFoldersThatAreMadeForIt() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var file = folder.resolve("runs/one/answers.jsonl");
        AtomicFile.write(file, "a secret");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("runs/one"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("runs"))).isEqualTo("rwx------");
        assertThat(permissions(folder)).as("was there before").isEqualTo("rwxr-xr-x");
    }

    @Test
    void aFileThatOthersCouldReadIsItsOwnersAloneOnceItIsWrittenAgain() throws IOException {
        var file = Files.writeString(folder.resolve("made-of.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        AtomicFile.write(file, "{}");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }
}
