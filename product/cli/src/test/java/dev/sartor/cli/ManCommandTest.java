package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
    @TempDir Path folder;

    @Test
    void everyCommandHasAPageThatNamesItsOptions() throws IOException {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("man", "--out", folder.resolve("man1").toString())).isZero();
        var line = new Main(screen.console(), Surroundings.ofThisProcess()).commandLine();
        for (var command : ManCommand.pages(line)) {
            var spec = command.getCommandSpec();
            var page = Files.readString(folder.resolve("man1/" + ManPage.name(spec) + ".1"));
            assertThat(page)
                    .startsWith(".TH \"")
                    .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n");
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option ->
                            assertThat(page).contains(ManPage.escaped(option.longestName())));
        }
    }

    @Test
    void oneCommandsPageIsPrinted() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("man", "data", "clean")).isZero();
        assertThat(screen.results())
                .contains("sartor\\-data\\-clean \\- Clean rows", ".B \\-\\-against FILE")
                .doesNotContain("${");
    }

    @Test
    void aCommandThatIsNotThereIsNamed() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("man", "data", "claen")).isEqualTo(2);
        assertThat(screen.remarks()).contains("sartor data has no command 'claen'");
    }

    /// roff takes a line that begins so for one of its requests.
    @Test
    void noLineOfTextIsTakenForARequest() throws IOException {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("man", "--out", folder.resolve("man1").toString())).isZero();
        var requests = List.of(".TH", ".SH", ".B", ".BR", ".TP", ".PP", ".nf", ".fi");
        try (var pages = Files.list(folder.resolve("man1"))) {
            for (var page : pages.toList()) {
                assertThat(Files.readAllLines(page))
                        .as(page.toString())
                        .filteredOn(each -> each.startsWith(".") || each.startsWith("'"))
                        .extracting(each -> each.split(" ", 2)[0])
                        .isSubsetOf(requests);
            }
        }
    }
}
