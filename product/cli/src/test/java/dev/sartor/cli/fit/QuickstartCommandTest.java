package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.hub.cache.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command that newcomers type first, on a few rows of its sample with the real models.
@Tag("models")
class QuickstartCommandTest {
    @TempDir Path folder;

    @Test
    void theSampleIsComparedReportedAndTheNextCommandsAreNamed() throws IOException {
        var desk = folder.resolve("helpdesk");
        FewRows.layOut(desk, Map.of("train", 8, "validation", 2, "test", 4));
        var file = desk.resolve("sartor.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                "[zero-shot, retrieval, tune]"));
        var screen = Screen.file(Caches.standard().root());
        var figures = folder.resolve("figures.json");
        assertThat(
                        screen.sartor(
                                "quickstart",
                                "--dir",
                                desk.toString(),
                                "--json",
                                figures.toString()))
                .as(screen.remarks())
                .isZero();
        assertThat(screen.remarks())
                .contains("The sample project is in " + desk)
                .contains("kept as you changed it: route/train.jsonl")
                .contains("\nsmollm2-135m-instruct: ", "\nall-minilm-l6-v2: ")
                .contains("An estimate: ", "The report is " + desk.resolve("report.html"));
        assertThat(screen.results())
                .contains("route: accuracy on 4 test examples", "Verdict: ")
                .contains("What to type next:", "./sartor chat answer --project " + desk);
        assertThat(desk.resolve("report.html")).isNotEmptyFile();
        var tasks = Json.read(figures).get("tasks");
        assertThat(tasks).hasSize(2);
        tasks.forEach(task -> assertThat(task.get("candidates")).hasSize(3));
    }

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
