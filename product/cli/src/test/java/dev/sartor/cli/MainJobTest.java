package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.fit.FewRows;
import dev.sartor.core.Json;
import dev.sartor.hub.cache.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The command that newcomers type first and those that it names next, on the first rows of the sample with the real models.
@Tag("models")
class MainJobTest {
    private static final Map<String, Integer> ROWS = Map.of("train", 8, "validation", 3, "test", 4);

    @TempDir Path folder;

    @Test
    void theSampleIsComparedReportedGoneOnWithEvaluatedAndAsked() throws IOException {
        FewRows.layOut(desk(), ROWS);
        var figures = quickstart();
        assertThat(figures).hasSize(2);
        for (var task : figures) {
            assertThat(task.get("test_rows").intValue()).isEqualTo(4);
            assertThat(task.get("candidates"))
                    .hasSize(task.get("name").asString().equals("route") ? 10 : 7);
            assertThat(task.get("baselines")).isNotEmpty();
        }
        assertThat(desk().resolve("report.html"))
                .content()
                .contains("Content-Security-Policy", "Fennimoor");

        var before = runs();
        assertThat(before).hasSize(17);
        sartor("compare", "route");
        assertThat(runs()).as("finished candidates are not measured again").isEqualTo(before);
        assertThat(sartor("tune", "route").results()).contains("The adapter, in PEFT's format");

        var score = Json.mapper().readTree(sartor("evaluate", "route/tuned", "--json").results());
        assertThat(score.get("split").asString()).isEqualTo("validation");
        assertThat(score.get("score").get("count").intValue()).isEqualTo(3);

        var chat = sartor("chat", "answer/retrieval", "--ask", "How long is the notice period?");
        assertThat(chat.results()).isNotBlank();
        assertThat(chat.remarks()).contains("[").doesNotContain("defect");
    }

    private Path desk() {
        return folder.resolve("helpdesk");
    }

    /// The tasks' figures.
    private JsonNode quickstart() {
        var screen = Screen.file(Caches.standard().root());
        var figures = folder.resolve("figures.json");
        assertThat(
                        screen.sartor(
                                "quickstart",
                                "--dir",
                                desk().toString(),
                                "--json",
                                figures.toString()))
                .as(screen.remarks())
                .isZero();
        assertThat(screen.remarks())
                .contains("The sample project is in " + desk())
                .contains("kept as you changed it: route/train.jsonl")
                .contains("\nsmollm2-135m-instruct: ", "\nall-minilm-l6-v2: ")
                .contains("An estimate: ", "The report is " + desk().resolve("report.html"));
        assertThat(screen.results())
                .contains("route: accuracy on 4 test examples", "Verdict: ")
                .contains("What to type next:", "./sartor chat answer --project " + desk());
        return Json.read(figures).get("tasks");
    }

    private Screen sartor(String... args) {
        var screen = Screen.file(Caches.standard().root());
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--project", desk().toString()));
        assertThat(screen.sartor(all.toArray(String[]::new))).as(screen.remarks()).isBetween(0, 1);
        return screen;
    }

    /// When each finished run was written.
    private Map<String, FileTime> runs() throws IOException {
        var times = new TreeMap<String, FileTime>();
        try (var files = Files.walk(desk().resolve("runs"))) {
            for (var file : files.filter(f -> f.endsWith("run.json")).toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
