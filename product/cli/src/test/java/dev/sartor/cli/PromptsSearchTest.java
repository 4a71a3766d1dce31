package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A search by the command, with a tiny random model.
class PromptsSearchTest {
    @TempDir Path folder;

    private SmallProject project;

    @BeforeEach
    void makeProject() {
        project = TinyTask.project(folder, TinyTask.decoder(folder, "llama"), "epochs: 1");
        var rows = new StringBuilder();
        for (var end : TinyTask.ENDS) {
            rows.append(SmallProject.row("one cat " + end, "cat"));
            rows.append(SmallProject.row("one sun " + end, "sun"));
        }
        project.write("validation.jsonl", rows.toString());
    }

    private JsonNode last() {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n{") + 1));
    }

    @Test
    void aSearchSaysWhatItFoundAndSpentAndAsksNothingTwice() throws IOException {
        assertThat(project.sartor("prompts", "search", "route", "--tokens", "900000", "--json"))
                .as(project.screen.remarks())
                .isZero();
        var first = last();
        assertThat(first.at("/proposals/all").intValue()).isGreaterThan(10);
        assertThat(first.at("/validation/found/value").doubleValue())
                .isGreaterThanOrEqualTo(first.at("/validation/start/value").doubleValue());
        long spent = first.at("/spent/tokens").longValue();
        assertThat(spent).isBetween(100L, 900_000L);
        assertThat(project.sartor("prompts", "search", "route", "--tokens", "900000", "--json"))
                .isZero();
        assertThat(last().at("/spent/tokens").longValue()).isEqualTo(spent);
        assertThat(project.sartor("prompts", "search", "route", "--tokens", "900000")).isZero();
        assertThat(project.screen.results()).contains("proposals: ", "Spent: ");
        try (var all = Files.walk(folder.resolve("prompts"))) {
            assertThat(all)
                    .allMatch(path -> {
                        try {
                            return PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(path))
                                    .endsWith("------");
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    @Test
    void aBudgetHasToBeGivenAndToBeLargeEnough() {
        assertThat(project.sartor("prompts", "search", "route")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("--tokens, --minutes and --money");
        assertThat(project.sartor("prompts", "search", "route", "--tokens", "60")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("one pass over the 12 validation examples", "would do, got --tokens 60");
        assertThat(project.sartor("prompts", "search", "rout", "--tokens", "300")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("there is no task 'rout'");
    }
}
