package dev.sartor.privacy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanariesTest {
    @TempDir Path folder;

    @Test
    void theSameSeedDrawsTheSameCanariesAndAnotherSeedOthers() {
        assertThat(Canaries.drawn(8, 1)).isEqualTo(Canaries.drawn(8, 1));
        assertThat(Canaries.drawn(8, 1).planted())
                .doesNotContainAnyElementsOf(Canaries.drawn(8, 2).planted());
    }

    @Test
    void asManyStandOnceFourTimesAndSixteenTimes() {
        var drawn = Canaries.drawn(8, 1);
        assertThat(drawn.planted()).hasSize(24).doesNotHaveDuplicates();
        assertThat(drawn.planted()).extracting(Canary::question).doesNotHaveDuplicates();
        assertThat(drawn.rows()).hasSize(8 * (1 + 4 + 16));
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        var drawn = Canaries.drawn(2, 3);
        drawn.write(folder);
        assertThat(Canaries.read(folder)).contains(drawn);
        assertThat(Canaries.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aDamagedFileIsRefusedWithTheNextStep() throws IOException {
        Files.writeString(folder.resolve(Canaries.FILE), "{\"seed\": 1, \"planted\": [");
        assertThatThrownBy(() -> Canaries.read(folder))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("sartor tune --canaries");
    }

    @Test
    void noneAndTooManyAreRefused() {
        assertThatThrownBy(() -> Canaries.drawn(0, 1))
                .hasMessageContaining("--canaries must be 1 to 1000, got 0");
    }
}
