package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

    private Path made(String name, String permissions) throws IOException {
        var path = Files.createFile(folder.resolve(name));
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aFileThatIsThereIsItsOwnersAloneOnceItIsOpened() throws IOException {
        var file = made("log", "rw-rw-r--");
        PrivateFiles.open(file, StandardOpenOption.WRITE).close();
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsThereIsItsOwnersAloneOnceItIsAskedForAndWhatIsAboveItIsNot()
            throws IOException {
        var above = Files.createDirectory(folder.resolve("a"));
        var asked = Files.createDirectory(above.resolve("b"));
        for (var each : List.of(above, asked)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        PrivateFiles.makeFolder(asked);
        assertThat(permissions(asked)).isEqualTo("rwx------");
        assertThat(permissions(above)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void tighteningGivesTheOwnerNothingThatHeHadNot() throws IOException {
        var file = made("read-only", "r--r--r--");
        PrivateFiles.tighten(file);
        assertThat(permissions(file)).isEqualTo("r--------");
    }

    @Test
    void whatALinkLeadsToStaysAsItIs() throws IOException {
        var file = made("shared", "rw-r--r--");
        PrivateFiles.tighten(Files.createSymbolicLink(folder.resolve("link"), file));
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }
}
