package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Runs of tiny random models, made again as they were and on another model.
class RunsRepeatTest {
    @TempDir Path folder;

    private SmallProject project() throws IOException {
        var project =
                TinyTask.project(
                        folder,
                        TinyTask.decoder(folder, "llama"),
                        "epochs: 3, learning_rate: 2e-2, method: lora, max_forgetting: 1");
        var yaml = Files.readString(folder.resolve("sartor.yaml"));
        project.write(
                "sartor.yaml",
                yaml.replace("approaches: [tune]", "approaches: [zero-shot, tune]")
                        .replace("    margin: 0.5", "    margin: 0.5\n    licence: cc-by-4.0"));
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        return project;
    }

    private static JsonNode last(SmallProject project, char opening) {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n" + opening) + 1));
    }

    private Path adapter() throws IOException {
        try (var adapters = Files.list(folder.resolve("runs/adapters"))) {
            return adapters.findFirst().orElseThrow();
        }
    }

    /// When each finished run was written.
    private Map<Path, FileTime> runs() throws IOException {
        var times = new TreeMap<Path, FileTime>();
        try (var files = Files.walk(folder.resolve("runs"))) {
            for (var file : files.filter(each -> each.endsWith("run.json")).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void repeatingGivesTheSameBytesAndAChangedExampleFileIsNamed() throws IOException {
        var project = project();
        var file = adapter().resolve("adapter_model.safetensors");
        var digest = Sha256.of(file);
        assertThat(project.sartor("runs", "repeat", "route/tuned", "route/zero-shot"))
                .as(project.screen.results() + project.screen.remarks())
                .isZero();
        assertThat(project.screen.results())
                .containsPattern("route-tuned-[0-9a-f]{8}: the same")
                .contains("the same bytes, SHA-256 " + digest)
                .containsPattern("route-zero-shot-[0-9a-f]{8}: the same")
                .contains("the answers to all 2 test examples are the same");
        assertThat(adapter().resolve("README.md"))
                .content()
                .contains("| licence of the data | cc-by-4.0 |")
                .contains("sartor runs repeat " + adapter().getFileName());

        project.write(
                "train.jsonl",
                Files.readString(folder.resolve("train.jsonl"))
                        + SmallProject.row("the cat may run in all", "cat"));
        assertThat(project.sartor("runs", "repeat", "route/tuned")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("train.jsonl (train) was changed: its SHA-256 was ");
        assertThat(project.sartor("runs", "repeat", "route/tuned", "--anyway", "--json"))
                .isEqualTo(1);
        var outcome = last(project, '[').get(0);
        assertThat(outcome.get("same").booleanValue()).isFalse();
        assertThat(outcome.get("changes")).hasSize(1);
        assertThat(Path.of(outcome.get("kept").asString())).isNotEmptyDirectory();
        assertThat(Sha256.of(file)).as("the recorded one stays").isEqualTo(digest);
    }

    @Test
    void rebasingShowsThePairedDifferenceOnTheSameRows() throws IOException {
        var project = project();
        var larger = TinyTask.decoder(folder, "mistral").toString();
        var old = Files.readString(folder.resolve("sartor.yaml"));
        assertThat(project.sartor("runs", "rebase", "route", "--model", larger, "--json"))
                .as(project.screen.remarks())
                .isZero();
        var both = last(project, '[');
        assertThat(both).hasSize(2);
        for (var each : both) {
            double difference =
                    each.at("/new/score/value").doubleValue()
                            - each.at("/old/score/value").doubleValue();
            assertThat(each.get("difference").doubleValue()).isEqualTo(difference);
            assertThat(each.get("low").doubleValue()).isLessThanOrEqualTo(difference);
            assertThat(each.at("/new/model").asString()).isEqualTo(larger);
            assertThat(each.at("/new/parameters").longValue()).isPositive();
        }
        assertThat(project.sartor("runs", "rebase", "route/tuned", "--model", larger))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.screen.results())
                .contains("route/tuned on " + larger + " in place of ")
                .contains("95 % interval", "parameters", "licence", "cost of 1,000, EUR");
        assertThat(project.sartor("evaluate", "route/tuned")).as("the old one is meant").isZero();

        var made = runs();
        var llama = folder.resolve("llama").toString();
        AtomicFile.write(folder.resolve("sartor.yaml"), old.replace(llama, larger));
        assertThat(project.sartor("compare")).isLessThan(2);
        assertThat(runs()).as("what was rebased is found").isEqualTo(made).hasSize(4);
        assertThat(project.sartor("evaluate", "route/tuned")).as("the new one is meant").isZero();
    }
}
