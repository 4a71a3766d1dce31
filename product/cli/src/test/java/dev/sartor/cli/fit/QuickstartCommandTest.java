package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the first command refuses before it begins; what it does is in MainJobTest.
class QuickstartCommandTest {
    @TempDir Path folder;

    @Test
    void figuresThatCannotBeWrittenAreRefusedBeforeAnythingIsFetched() {
        var screen = Screen.file(folder.resolve("cache"));
        assertThat(
                        screen.sartor(
                                "quickstart",
                                "--dir",
                                folder.resolve("helpdesk").toString(),
                                "--json",
                                folder.toString()))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("--json must name a file that can be written");
        assertThat(folder.resolve("helpdesk")).doesNotExist();
    }
}
