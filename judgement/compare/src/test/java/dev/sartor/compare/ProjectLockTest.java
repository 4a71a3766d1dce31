package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.file.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;

    private ProjectLock take(String command) {
        return ProjectLock.take(folder, command, NOON);
    }

    @Test
    void theSecondIsToldAtOnceWhoIsAtWork() {
        try (var _ = take("sartor compare")) {
            assertThatThrownBy(() -> take("sartor tune"))
                    .hasMessageContaining("the runs of " + folder)
                    .hasMessageContaining(
                            "written by sartor compare (process %d, since 2026-03-01T12:00:00Z)"
                                    .formatted(ProcessHandle.current().pid()));
        }
        take("sartor tune").close();
        assertThat(folder.resolve("runs/.lock")).content().startsWith("sartor tune");
    }

    @Test
    void aLockThatADeadProcessLeftIsTakenOver() {
        AtomicFile.write(
                folder.resolve("runs/.lock"), "sartor compare (process 1, since 2026-03-01)\n");
        try (var _ = take("sartor compare")) {
            assertThat(Files.isRegularFile(folder.resolve("runs/.lock"))).isTrue();
        }
        assertThat(Runs.of(folder).list()).isEmpty();
    }
}
