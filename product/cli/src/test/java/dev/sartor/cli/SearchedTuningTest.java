package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.core.file.Failpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A search for settings by the commands, with a tiny model that learns which animal or star a text is about.
class SearchedTuningTest {
    private static final String SEARCH =
            "epochs: 6, max_forgetting: 1, search: {trials: 8, budget: 3, space: {learning_rate: {from: 1e-4, to: 5e-2, scale: log}, rank: [4, 8], schedule: [linear, cosine]}}";

    @TempDir Path folder;

    @AfterEach
    void nothingFailsAnyMore() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private SmallProject project(String name, String tune) {
        return TinyTask.project(folder.resolve(name), TinyTask.decoder(folder, "llama"), tune);
    }

    private static JsonNode last(SmallProject project) {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n{") + 1));
    }

    /// All but the time that it took.
    private static List<String> table(JsonNode tuned) {
        var rows = new ArrayList<String>();
        tuned.at("/search/trials")
                .forEach(row -> rows.add(row.get("settings") + " " + row.get("scores")));
        return rows;
    }

    private static byte[] adapter(JsonNode tuned) throws IOException {
        return Files.readAllBytes(
                Path.of(tuned.get("adapter").asString()).resolve("adapter_model.safetensors"));
    }

    @Test
    void theBestOfASearchIsWhatATrainingWithItsSettingsMakes() throws IOException {
        var project = project("searched", SEARCH);
        assertThat(project.sartor("tune", "route", "--json")).as(project.screen.remarks()).isZero();
        var searched = last(project);
        assertThat(searched.at("/search/trials")).hasSize(8);
        var best = searched.at("/search/settings");
        var direct =
                project(
                        "direct",
                        "epochs: 6, max_forgetting: 1, learning_rate: %s, rank: %s, schedule: %s"
                                .formatted(
                                        best.get("learning_rate").asString(),
                                        best.get("rank").asString(),
                                        best.get("schedule").asString()));
        assertThat(direct.sartor("tune", "route", "--json")).as(direct.screen.remarks()).isZero();
        assertThat(adapter(last(direct))).isEqualTo(adapter(searched));
        assertThat(Path.of(searched.get("adapter").asString()).getFileName())
                .isEqualTo(Path.of(last(direct).get("adapter").asString()).getFileName());
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isZero();
        assertThat(project.sartor("evaluate", "route/tuned", "--json"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.sartor("tune", "route")).isZero();
        assertThat(project.screen.results())
                .contains(
                        "Validation accuracy after shares of the steps:",
                        "The best settings, to paste in place of the search:\ntune:\n  learning_rate: "
                                + best.get("learning_rate").asString(),
                        "search.html");
    }

    @Test
    void aSearchThatWasCutOffEndsInTheSameTableAndTheSameBytes() throws IOException {
        var whole = project("whole", SEARCH);
        assertThat(whole.sartor("tune", "route", "--json")).as(whole.screen.remarks()).isZero();
        var parts = project("parts", SEARCH);
        for (int writes : List.of(3, 13, 23)) {
            System.setProperty(Failpoints.PROPERTY, "file.flushed:" + writes + ":full");
            assertThat(parts.sartor("tune", "route", "--json")).isEqualTo(3);
            assertThat(System.getProperty(Failpoints.PROPERTY)).as("it struck").isNull();
        }
        assertThat(parts.sartor("tune", "route", "--json")).as(parts.screen.remarks()).isZero();
        assertThat(parts.screen.remarks()).contains("going on from step");
        assertThat(table(last(parts))).hasSize(8).isEqualTo(table(last(whole)));
        assertThat(adapter(last(parts))).isEqualTo(adapter(last(whole)));
        assertThat(folder.resolve("parts/runs/searches"))
                .isDirectoryRecursivelyContaining("glob:**/search.html");
        try (var files = Files.walk(folder.resolve("parts/runs"))) {
            assertThat(files.filter(file -> file.toString().contains("checkpoints"))).isEmpty();
        }
    }

    @Test
    void whatASearchWillDoIsExplained() {
        var project = project("explained", SEARCH);
        assertThat(project.sartor("tune", "route", "--explain"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.screen.results())
                .contains(
                        "search     tpe over learning_rate, rank, schedule: 8 trials, 8 to step ",
                        ", the best 2 to step ",
                        ", the best 1 to step 18 of 18; ",
                        "in all     ");
        assertThat(project.sartor("tune", "route", "--explain", "--json")).isZero();
        var search = last(project).get("search");
        assertThat(search.get("rungs")).hasSize(3);
        assertThat(search.get("steps").intValue()).isBetween(54, 60);
        assertThat(search.get("done").booleanValue()).isFalse();
    }

    @Test
    void aBadSpaceIsRefusedWithItsLine() {
        var project = project("bad", "search: {space: {rank: [8, 4096]}}");
        assertThat(project.sartor("tune", "route")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains(
                        "sartor.yaml:4: tune.search.space.rank[1] must be 1 to 2048, got 4096. 16 suits most tasks.");
    }
}
