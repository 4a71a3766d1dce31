package dev.sartor.cli.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.privacy.canary.Canaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A tiny model is tuned with canaries, audited, and kept from being served by what was found.
class AuditAdapterCommandTest {
    @TempDir Path folder;

    private static final List<String> FEW =
            List.of("--alternatives", "16", "--prompts", "4", "--verbatim", "4");

    private static JsonNode last(SmallProject project) {
        var text = project.screen.results();
        int at = text.lastIndexOf("\n{");
        return Json.mapper()
                .readTree(at < 0 ? text.substring(text.indexOf('{')) : text.substring(at));
    }

    /// With a token for each character, so that digits are told apart.
    private static Path inCharacters(Path model) {
        var words = new LinkedHashMap<String, Integer>();
        // Byte-level vocabularies write the line's end and the blank so.
        for (var each : List.of("[SEP]", "\u010a", "\u0120")) {
            words.put(each, words.size());
        }
        for (char each = '!'; each <= '~'; each++) {
            words.put(String.valueOf(each), words.size());
        }
        var end =
                Map.of(
                        "id", 0,
                        "content", "[SEP]",
                        "special", true,
                        "single_word", false,
                        "lstrip", false,
                        "rstrip", false,
                        "normalized", false);
        var bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false);
        AtomicFile.write(
                model.resolve("tokenizer.json"),
                Json.pretty(
                        Map.of(
                                "version",
                                "1.0",
                                "added_tokens",
                                List.of(end),
                                "pre_tokenizer",
                                bytes,
                                "decoder",
                                bytes,
                                "model",
                                Map.of("type", "BPE", "vocab", words, "merges", List.of()))));
        return model;
    }

    private int audit(SmallProject project, String name, String... more) {
        var all = new ArrayList<>(List.of("audit-adapter", name, "--json"));
        all.addAll(FEW);
        all.addAll(List.of(more));
        return project.sartor(all.toArray(String[]::new));
    }

    @Test
    void aTunedModelIsAuditedWithCanariesOfATwinAndKeptFromBeingServed() throws IOException {
        var project =
                TinyTask.project(
                        folder,
                        inCharacters(TinyTask.decoder(folder, "llama")),
                        "epochs: 2, learning_rate: 2e-2, max_forgetting: 1");
        assertThat(project.sartor("audit-adapter", "route")).isEqualTo(2);
        var train = Files.readString(folder.resolve("train.jsonl"));
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isZero();
        assertThat(project.sartor("tune", "route", "--canaries", "1", "--json"))
                .as(project.screen.remarks())
                .isZero();
        var twin = Path.of(last(project).get("adapter").asString());
        assertThat(twin.getFileName().toString()).endsWith("-canaries-3");
        var planted = Canaries.read(twin).orElseThrow();
        assertThat(Files.readString(folder.resolve("train.jsonl"))).isEqualTo(train);

        assertThat(audit(project, "route/tuned")).as(project.screen.remarks()).isBetween(0, 1);
        var report = last(project);
        assertThat(report.get("verdict").asString()).endsWith("found by these attacks");
        assertThat(report.at("/canaries/repeats").size()).isEqualTo(3);
        assertThat(report.at("/canaries/most").doubleValue()).isEqualTo(4);
        assertThat(report.at("/outputs/said").intValue()).isEqualTo(4);
        assertThat(report.get("notes").toString())
                .contains("there are 12 and 2")
                .doesNotContain("Exposure was not measured");
        assertThat(report.toString()).doesNotContain(planted.planted().getFirst().secret());
        assertThat(twin.resolveSibling(twin.getFileName().toString().replace("-canaries-3", "")))
                .isDirectoryContaining(file -> file.endsWith("audit.json"));

        gate("{max_exposure: 0.01}");
        assertThat(project.sartor("serve", "--port", "0")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("privacy.max_exposure must hold for route-tuned-");
        gate("{max_auc: 0.6}");
        assertThat(project.sartor("prompts", "promote", "route", "abc")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("sartor.yaml asks for privacy.max_auc")
                .contains("has no membership inference");
    }

    private void gate(String limits) throws IOException {
        var file = folder.resolve("sartor.yaml");
        var plain = Files.readString(file).replaceAll("privacy: .*\n", "");
        AtomicFile.write(file, plain + "privacy: " + limits + "\n");
    }

    @Test
    void whatIsNoAdapterOrHalfNamedIsRefusedWithTheNextStep() throws IOException {
        var project = new SmallProject(folder);
        project.sartor("audit-adapter", "documents", "--model", "m", "--data", "train.jsonl");
        project.sartor("audit-adapter", "lora", "--model", "m");
        project.sartor("audit-adapter", "lora", "--held-out", "test.jsonl");
        project.sartor("audit-adapter", "route", "--reference", "lora");
        project.sartor("audit-adapter", "route", "--rows", "1");
        project.sartor("audit-adapter", "route", "--minutes", "0");
        project.sartor("tune", "route", "--canaries", "0");
        new ErrorsPage()
                .naming(Path.of("documents").toAbsolutePath().normalize(), "/home/ann/documents")
                .shows(project.screen.remarks());
    }
}
