package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aFolderThatMayNotBeWrittenIsNotTakenForAFullDisk() {
        var file = folder.resolve("report.html");
        assertThat(AtomicFile.failure(file, new AccessDeniedException(file.toString())))
                .hasMessage(
                        "cannot write "
                                + file
                                + ": you may not write there. Change the permissions or choose another"
                                + " folder, then run the same command again.");
        assertThat(
                        AtomicFile.failure(
                                file,
                                new FileSystemException(
                                        file.toString(), null, "Read-only file system")))
                .hasMessageContaining("the file system is read-only. Mount it for writing or")
                .hasMessageNotContainingAny("Free some space", "MiB");
        assertThat(
                        AtomicFile.failure(
                                file,
                                new FileSystemException(
                                        file.toString(), null, "Disk quota exceeded")))
                .hasMessageContaining("Free some space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"begun", "made", "written", "flushed"})
    void aDiskThatIsFullBeforeTheRenamingLeavesTheOldContent(String place) {
        var file = folder.resolve("state");
        AtomicFile.write(file, "old");
        assertThat(failure(file, place)).hasMessageContaining("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"renamed", "kept"})
    void aDiskThatIsFullAfterTheRenamingLeavesTheNewContent(String place) {
        var file = folder.resolve("state");
        AtomicFile.write(file, "old");
        assertThat(failure(file, place)).hasMessageContaining(file.toString());
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private static SartorException failure(Path file, String place) {
        System.setProperty(Failpoints.PROPERTY, "file." + place + ":1:full");
        return catchThrowableOfType(SartorException.class, () -> AtomicFile.write(file, "new"));
    }

    @Test
    void foldersThatAreNotThereAreMade() {
        var file = folder.resolve("a/b/c");
        AtomicFile.write(file, "deep");
        assertThat(file).hasContent("deep");
    }

    @Test
    void whatAKilledWriteLeftIsSweptAndNothingElse() throws IOException {
        Files.createFile(folder.resolve(".state.0b2c.part"));
        Files.createFile(folder.resolve("model.part"));
        Files.createFile(folder.resolve(".hidden"));
        AtomicFile.sweep(folder);
        AtomicFile.sweep(folder.resolve("nowhere"));
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            folder.resolve("model.part"), folder.resolve(".hidden"));
        }
    }

    @Test
    void whatIsPublishedIsAsOpenAsTheProcessMakesFilesAndFolders() throws IOException {
        var usual = Files.writeString(folder.resolve("usual"), "");
        var usualFolder = Files.createDirectory(folder.resolve("usual-folder"));
        var file = folder.resolve("site/report.html");
        AtomicFile.publish(file, "öffentlich");
        assertThat(file).hasContent("öffentlich");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(Files.getPosixFilePermissions(folder.resolve("site")))
                .isEqualTo(Files.getPosixFilePermissions(usualFolder));
    }

    /// An archive's files have neither permissions nor folders that can be opened.
    @Test
    void aFileSystemOfAnotherKindIsWrittenToo() throws IOException {
        var archive = folder.resolve("all.zip");
        try (var zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            AtomicFile.write(zip.getPath("/runs/one.txt"), "packed");
        }
        try (var zip = FileSystems.newFileSystem(archive)) {
            assertThat(Files.readString(zip.getPath("/runs/one.txt"))).isEqualTo("packed");
        }
    }

    @Test
    void theRoomThatIsLeftIsThatOfTheDiskInMebibytes() throws IOException {
        var message =
                AtomicFile.failure(folder.resolve("a/b"), new IOException("No space left"))
                        .getMessage();
        var free = Pattern.compile(" (\\d+) MiB are free").matcher(message);
        assertThat(free.find()).isTrue();
        assertThat(Long.parseLong(free.group(1)))
                .isBetween(0L, Files.getFileStore(folder).getTotalSpace() >> 20);
    }

    @Test
    void ofAPathOfWhichNothingIsThereNoRoomIsTold() {
        assertThat(AtomicFile.failure(Path.of("not-here/a"), new IOException("odd")))
                .hasMessage(
                        "cannot write not-here/a: IOException (odd). See that the folder is there"
                                + " and its disk in order or choose another folder, then run the"
                                + " same command again.");
    }
}
