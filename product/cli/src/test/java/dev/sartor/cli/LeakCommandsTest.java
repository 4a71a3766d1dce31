package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The beginning of what bench/leaks.py runs to its end.
class LeakCommandsTest {
    private static final long SEED = 20261128;

    @TempDir private Path folder;

    @Test
    void neitherCommandsNorTheServerShowWhatTheAskerMayNotRead() throws IOException {
        var counts =
                new LeakCommandsProof(folder, SEED, LeakCommandsProof.With.echo(folder))
                        .run(90, Long.MAX_VALUE);
        assertThat(counts.all())
                .as("seed %d: %s", SEED, counts.examples())
                .satisfies(all -> assertThat(all.isClean()).isTrue());
        assertThat(counts.kinds().keySet())
                .anyMatch(kind -> kind.startsWith("search"))
                .anyMatch(kind -> kind.startsWith("serve, streamed"));
    }
}
