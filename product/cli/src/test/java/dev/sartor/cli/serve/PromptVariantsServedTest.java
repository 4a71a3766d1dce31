package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Cancellation;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real model under versions of its prompt, compared side by side, found again, and served.
class PromptVariantsServedTest {
    @TempDir Path folder;

    private String own = "";
    private String longer = "";
    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    @BeforeEach
    void compare() throws IOException {
        project = TinyTask.project(folder, TinyTask.decoder(folder, "llama"), "epochs: 1");
        own = kept("cat", "as it was");
        longer = kept("sun in all the land", "longer");
        PromptVersions.of(folder, "route").promote(own);
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml"))
                                .replace("approaches: [tune]", "approaches: [zero-shot]")
                                .replace(
                                        "prompt: {system: 'a', user: '{{ question }}'}",
                                        "prompt: promoted\n    prompts: ['"
                                                + longer.substring(0, 8)
                                                + "']")
                        + "embedder: "
                        + TinyTask.BERT
                        + "\n");
        assertThat(project.sartor("compare", "--json")).as(remarks()).isLessThan(2);
    }

    private String remarks() {
        return project.screen.remarks();
    }

    private String variant() {
        return "zero-shot@" + longer.substring(0, 8);
    }

    private JsonNode task() {
        var text = project.screen.results();
        return Json.mapper()
                .readTree(text.substring(text.lastIndexOf("\n{") + 1))
                .get("tasks")
                .get(0);
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        task().get("candidates")
                .forEach(each ->
                        versions.put(
                                each.get("name").asString(),
                                each.get("prompt_version").asString()));
        return versions;
    }

    @Test
    void bothAreMeasuredOnceNamedInTheVerdictAndShown() throws IOException {
        assertThat(versions()).isEqualTo(Map.of("zero-shot", own, variant(), longer));
        assertThat(task().at("/verdict/candidate").asString()).isIn("zero-shot", variant());
        assertThat(remarks())
                .contains(
                        "Candidates with @"
                                + longer.substring(0, 8)
                                + " have version "
                                + longer
                                + " (longer).");
        var before = runs();
        assertThat(before).hasSize(2);
        assertThat(project.sartor("compare", "--json")).isLessThan(2);
        assertThat(runs()).as("found again").isEqualTo(before);
        assertThat(project.sartor("runs", "show", "route/" + variant())).as(remarks()).isZero();
        assertThat(project.screen.results()).contains("prompt       version " + longer);
        assertThat(project.sartor("evaluate", "route/" + variant())).as(remarks()).isZero();
        assertThat(project.sartor("runs", "repeat", "route/" + variant())).as(remarks()).isZero();
    }

    private List<String> runs() throws IOException {
        try (var files = Files.walk(folder.resolve("runs"))) {
            return files.filter(each -> each.endsWith("run.json"))
                    .map(each -> each + " " + each.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theWinnerAnswersWithItsVersionWhicheverIsPromoted() {
        var winner = task().at("/verdict/candidate").asString();
        var chosen = versions().get(winner);
        try (var served = served(List.of())) {
            assertThat(chat(served.models(), "route").prompt()).contains(chosen);
        }
        try (var served = served(List.of("route/" + variant(), "route/zero-shot"))) {
            var models = served.models();
            assertThat(served.notes())
                    .containsExactly(
                            "route/"
                                    + variant()
                                    + ": "
                                    + variant()
                                    + " answers with the prompt's version "
                                    + longer
                                    + ", which it was measured with, whichever is promoted.");
            var first = chat(models, "route/" + variant());
            assertThat(first.prompt()).contains(longer);
            assertThat(chat(models, "route/zero-shot").prompt()).contains(own);
            assertThat(promptTokens(first))
                    .isGreaterThan(promptTokens(chat(models, "route/zero-shot")));
            assertThat(promptTokens(chat(models, "route/zero-shot@" + longer)))
                    .as("the same words")
                    .isEqualTo(promptTokens(first));
            PromptVersions.of(folder, "route").promote(longer);
            assertThat(chat(models, "route/zero-shot").prompt()).contains(longer);
            PromptVersions.of(folder, "route").promote(own);
            assertThat(chat(models, "route/" + variant()).prompt()).contains(longer);
        }
    }

    private String kept(String instruction, String note) {
        project.write("prompt.json", "{\"instruction\": \"" + instruction + "\"}");
        assertThat(
                        project.sartor(
                                "prompts",
                                "new",
                                "route",
                                "--note",
                                note,
                                "--from",
                                folder.resolve("prompt.json").toString()))
                .as(remarks())
                .isZero();
        return PromptContent.of(instruction).id();
    }

    private ServedCandidates served(List<String> names) {
        var cache = folder.resolve("cache");
        var option = new ProjectOption();
        option.folder = folder;
        var composition =
                new Composition(
                        Screen.file(cache).console(), new Surroundings(0, false, false, cache));
        return ServedCandidates.of(
                OpenProject.open(option, composition), Optional.empty(), names, new Cancellation());
    }

    private static ServedModel chat(ServedModels models, String name) {
        return models.chat(name, Principal.local()).orElseThrow();
    }

    private static int promptTokens(ServedModel model) {
        var question =
                new Question(
                        "q",
                        List.of(Message.user("the cat may run")),
                        model.form(),
                        Sampling.greedy(),
                        Principal.local());
        return model.responder().stream(question, _ -> {}).usage().promptTokens();
    }
}
