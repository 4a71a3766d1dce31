package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A private training by the commands, with tiny random models.
class PrivateTuningTest {
    private static final String TUNE = "epochs: 4, learning_rate: 2e-2, max_forgetting: 1";

    @TempDir Path folder;

    private SmallProject project(String tune) {
        return TinyTask.project(folder, TinyTask.decoder(folder, "llama"), TUNE + tune);
    }

    private static JsonNode last(SmallProject project) {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n{") + 1));
    }

    @Test
    void theRunSaysWhatWasPromisedAndCompareTakesWhatTuneMade() throws IOException {
        var project =
                project(", method: full, privacy: {noise_multiplier: 1.5, delta: 1e-3, clip: 0.5}");
        assertThat(project.sartor("tune", "route", "--json")).as(project.screen.remarks()).isZero();
        assertThat(project.screen.remarks())
                .contains(
                        "Differential privacy: ε ",
                        " at δ 0.0010 for each training example: noise multiplier 1.5000, sampling rate 0.3333, 12 steps, gradients clipped to 0.5; ");
        var tuned = last(project);
        var record = tuned.get("privacy");
        assertThat(record.get("steps").intValue()).isEqualTo(12);
        assertThat(record.get("epsilon").doubleValue()).isBetween(1.0, 10.0);
        assertThat(record.get("clipped").doubleValue()).isBetween(0.0, 1.0);
        var place = Path.of(tuned.get("model").asString());
        assertThat(Files.readString(place.resolve("recipe.json")))
                .contains("\"noise_multiplier\" : 1.5");
        assertThat(place.resolve("checkpoints")).doesNotExist();
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        assertThat(project.sartor("runs", "show", "route/tuned")).isZero();
        assertThat(project.screen.results())
                .contains("  privacy      ε ")
                .contains("tune.privacy.clip");
        assertThat(project.sartor("runs", "repeat", "route/tuned")).isEqualTo(2);
        var said = lastLine(project);
        new ErrorsPage()
                .naming(said.substring(0, said.indexOf(" was trained")), "route-tuned-5f0c21ab")
                .shows(said);
    }

    private static String lastLine(SmallProject project) {
        return project.screen.remarks().strip().lines().toList().getLast();
    }

    @Test
    void theOptionsAskForWhatTheProjectFileDoesNot() throws IOException {
        var project = project("");
        assertThat(
                        project.sartor(
                                "tune",
                                "route",
                                "--dp-epsilon",
                                "8",
                                "--dp-delta",
                                "1e-3",
                                "--dp-clip",
                                "0.1",
                                "--explain"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.screen.results())
                .contains("  privacy    ε 7.999 at δ 0.0010 for each training example: noise")
                .contains("with 4 examples in each step on the mean, drawn by chance")
                .contains("each row by itself, as each one's gradient is clipped");
        assertThat(project.sartor("tune", "route", "--dp-epsilon", "8"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.screen.results()).contains("privacy: {noise_multiplier: null, epsilon");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';--dp-clip 0.1",
                "'';--dp-epsilon 0",
                "'';--dp-epsilon 8 --ranks 2",
                "', privacy: {epsilon: 8, noise_multiplier: 1}';''",
                "', privacy: {epsilon: 8}, search: {trials: 2, space: {rank: [4, 8]}}';''",
                "', privacy: {epsilon: 0.01, delta: 1e-5}';''",
            })
    void whatThePromiseDoesNotCoverIsRefused(String tune, String options) throws IOException {
        var project = project(tune);
        var words = ("tune route " + options).strip().split(" ", -1);
        assertThat(project.sartor(words)).isEqualTo(2);
        new ErrorsPage()
                .shows(
                        lastLine(project).startsWith("1 problem")
                                ? project.screen
                                        .remarks()
                                        .strip()
                                        .lines()
                                        .toList()
                                        .reversed()
                                        .get(1)
                                : lastLine(project));
    }

    @Test
    void anObjectiveWhoseRowsDependOnEachOtherIsRefused() throws IOException {
        var project = project(", privacy: {epsilon: 8}");
        project.write(
                "pairs.jsonl",
                "{\"prompt\": \"the cat\", \"chosen\": \"cat\", \"rejected\": \"sun\"}\n");
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml"))
                        + "trainings:\n  - {name: tone, objective: dpo, train: pairs.jsonl}\n");
        assertThat(project.sartor("tune", "tone")).isEqualTo(2);
        new ErrorsPage().shows(lastLine(project));
        assertThat(project.sartor("tune", "tone", "--dp-epsilon", "8")).isEqualTo(2);
        new ErrorsPage().shows(lastLine(project));
    }
}
