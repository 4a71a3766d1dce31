package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.retrieve.index.LeakProof;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The beginning of what bench/leaks.py runs to its end.
class LeakProofTest {
    private static final long SEED = 20261128;

    @TempDir private Path folder;

    @Test
    void nothingIsShownThatTheAskerMayNotReadAndAllThatHeMay() throws IOException {
        var tally = new LeakProof(folder, SEED).run(600, Long.MAX_VALUE);
        assertThat(tally.all())
                .as("seed %d: %s", SEED, tally.examples())
                .satisfies(all -> assertThat(all.isClean()).isTrue());
        assertThat(tally.all().cases()).isGreaterThanOrEqualTo(600);
    }
}
