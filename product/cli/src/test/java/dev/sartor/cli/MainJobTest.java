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

/// The commands over the engine, on the first rows of the sample project with the real models.
@Tag("models")
class MainJobTest {
    private static final Map<String, Integer> ROWS =
            Map.of("train", 16, "validation", 6, "test", 8);

    @TempDir Path folder;

    @Test
    void aComparisonIsMadeGoneOnWithEvaluatedAndAsked() throws IOException {
        FewRows.layOut(folder, ROWS);
        var compared = sartor("compare", "--json");
        var figures = Json.mapper().readTree(compared.results());
        assertThat(figures.get("tasks")).hasSize(2);
        for (var task : figures.get("tasks")) {
            assertThat(task.get("test_rows").intValue()).isEqualTo(8);
            assertThat(task.get("candidates")).hasSize(5);
        }
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("Content-Security-Policy", "Fennimoor");

        var before = runs();
        assertThat(before).hasSize(10);
        sartor("compare", "route");
        assertThat(runs()).as("finished candidates are not measured again").isEqualTo(before);
        assertThat(sartor("tune", "route").results()).contains("The adapter, in PEFT's format");

        var score = Json.mapper().readTree(sartor("evaluate", "route/tuned", "--json").results());
        assertThat(score.get("split").asString()).isEqualTo("validation");
        assertThat(score.get("score").get("count").intValue()).isEqualTo(6);

        var chat = sartor("chat", "answer/retrieval", "--ask", "How long is the notice period?");
        assertThat(chat.results()).isNotBlank();
        assertThat(chat.remarks()).contains("[").doesNotContain("defect");
    }

    private Screen sartor(String... args) {
        var screen = Screen.file(Caches.standard().root());
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--project", folder.toString()));
        assertThat(screen.sartor(all.toArray(String[]::new))).as(screen.remarks()).isBetween(0, 1);
        return screen;
    }

    /// When each finished run was written.
    private Map<String, FileTime> runs() throws IOException {
        var times = new TreeMap<String, FileTime>();
        try (var files = Files.walk(folder.resolve("runs"))) {
            for (var file : files.filter(f -> f.endsWith("run.json")).toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
