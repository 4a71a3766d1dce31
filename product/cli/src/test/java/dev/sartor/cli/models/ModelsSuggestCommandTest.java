package dev.sartor.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ModelsSuggestCommandTest {
    @TempDir Path folder;

    private List<JsonNode> suggested(String... more) {
        var args = new java.util.ArrayList<>(List.of("models", "suggest", "--json"));
        args.addAll(List.of(more));
        var screen = Screen.file(folder);
        assertThat(screen.sartor(args.toArray(String[]::new))).isZero();
        return Json.mapper().readTree(screen.results()).valueStream().toList();
    }

    private static List<String> names(List<JsonNode> models) {
        return models.stream().map(m -> m.get("name").asString()).toList();
    }

    @Test
    void theSmallestComesFirstAndAllFit() {
        var models = suggested("--task", "answer", "--memory", "6");
        assertThat(models).isNotEmpty();
        assertThat(models).extracting(m -> m.get("parameters").longValue()).isSorted();
        assertThat(models)
                .allMatch(m -> m.at("/memory/answering/bf16/total").longValue() <= 6L << 30);
        assertThat(names(models)).contains("smollm2-135m-instruct").doesNotContain("Qwen/Qwen3-8B");
        assertThat(names(models)).doesNotContain("HuggingFaceTB/SmolLM2-135M-Instruct");
    }

    @Test
    void aLicenceThatForbidsTheUseIsLeftOut() {
        assertThat(names(suggested("--memory", "64"))).doesNotContain("Qwen/Qwen2.5-3B-Instruct");
        assertThat(names(suggested("--memory", "64", "--use", "research")))
                .contains("Qwen/Qwen2.5-3B-Instruct");
        assertThat(suggested("--memory", "64", "--licence", "MIT"))
                .isNotEmpty()
                .allMatch(m -> m.get("licence").asString().equals("mit"));
    }

    @Test
    void needsAndLanguagesAreAllFulfilled() {
        assertThat(
                        suggested(
                                "--memory",
                                "64",
                                "--needs",
                                "chat,long-context",
                                "--languages",
                                "de,fr"))
                .isNotEmpty()
                .allMatch(m -> m.get("does").toString().contains("\"long-context\""))
                .allMatch(m -> m.get("languages").toString().contains("\"fr\""));
        assertThat(names(suggested("--memory", "64", "--task", "embed")))
                .startsWith("all-minilm-l6-v2")
                .contains("BAAI/bge-small-en-v1.5");
    }

    @Test
    void theLinesForTheProjectFileFollowTheTable() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "suggest", "--task", "answer", "--memory", "3"))
                .isZero();
        assertThat(screen.results())
                .contains("ANSWERS IN", "the licence is to be accepted", "`sartor compare`")
                .containsPattern("(?m)^model: google/flan-t5-small$");
    }

    @Test
    void whatNothingFulfilsSaysWhatToLoosen() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "suggest", "--memory", "0.1")).isEqualTo(2);
        assertThat(screen.remarks()).contains("no model", "--memory");
        assertThat(screen.sartor("models", "suggest", "--memory", "-1")).isEqualTo(2);
        assertThat(screen.remarks()).contains("--memory must be more than 0 GiB, got -1");
        assertThat(screen.sartor("models", "suggest", "--needs", "magic")).isEqualTo(2);
        assertThat(screen.remarks()).contains("needs must be among chat", "got magic");
    }
}
