package dev.sartor.tune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir Path folder;

    /// Another process that wants the folder.
    static final class Other {
        private Other() {}

        public static void main(String[] args) {
            try (var _ = RunLock.of(Path.of(args[0]))) {
                System.out.print("free");
            } catch (SartorException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    private String other() throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anotherProcessIsRefusedUntilTheFolderIsFree() throws IOException {
        try (var _ = RunLock.of(folder)) {
            assertThat(other()).startsWith(folder + " is being written by another training: ");
        }
        assertThat(other()).isEqualTo("free");
    }

    /// On POSIX systems, a second channel on the file would free it when closed.
    @Test
    void aSecondTrainingOfThisProcessIsRefusedAndTheFirstKeepsTheFolder() throws IOException {
        try (var _ = RunLock.of(folder)) {
            assertThatThrownBy(() -> RunLock.of(folder.resolve("../" + folder.getFileName())))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("is being written by another training");
            assertThat(other()).contains("is being written by another training");
        }
        RunLock.of(folder).close();
    }
}
