package dev.sartor.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A tiny random model, of which lm-evaluation-harness wrote down what it answers (bench/references/suite_tiny.py).
class BenchmarkCommandTest {
    private static final JsonNode REFERENCE =
            Json.read(Checkout.file("product/cli/src/test/resources/lm-eval-tiny.json"));

    @TempDir Path folder;

    private Path data() throws IOException {
        for (var task : REFERENCE.properties()) {
            var place = Files.createDirectories(folder.resolve("data").resolve(task.getKey()));
            for (var split : task.getValue().get("files").properties()) {
                Files.write(
                        place.resolve(split.getKey() + ".jsonl"),
                        split.getValue().valueStream().map(JsonNode::toString).toList());
            }
        }
        return folder.resolve("data");
    }

    private String model() {
        return TinyTask.decoder(folder, "llama").toString();
    }

    private Screen run(int exit, String... words) {
        var screen = Screen.file(folder.resolve("cache"));
        assertThat(screen.sartor(words)).as(screen.remarks()).isEqualTo(exit);
        return screen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void everyItemIsThatOfLmEvalWhateverTheBatch(String batch) throws IOException {
        var data = data().toString();
        for (var task : REFERENCE.properties()) {
            var out = folder.resolve(task.getKey() + ".json");
            run(
                    0,
                    "benchmark",
                    task.getKey(),
                    "--model",
                    model(),
                    "--data",
                    data,
                    "--few-shot",
                    task.getValue().get("few_shot").asString(),
                    "--batch",
                    batch,
                    "--weights",
                    "f32",
                    "--out",
                    out.toString());
            var items = Json.read(out).get("tasks").get(0).get("items");
            var expected = task.getValue().get("items");
            assertThat(items).hasSize(expected.size());
            for (int i = 0; i < items.size(); i++) {
                assertItem(items.get(i), expected.get(i));
            }
        }
    }

    private static void assertItem(JsonNode item, JsonNode expected) {
        var likelihoods = expected.get("log_likelihoods");
        assertThat(item.get("log_likelihoods")).hasSize(likelihoods.size());
        for (int c = 0; c < likelihoods.size(); c++) {
            assertThat(item.get("log_likelihoods").get(c).asDouble())
                    .isCloseTo(likelihoods.get(c).asDouble(), within(1e-4));
        }
        assertThat(item.get("greedy")).isEqualTo(expected.get("greedy"));
        assertThat(item.get("metrics").propertyNames())
                .containsExactlyInAnyOrderElementsOf(expected.get("metrics").propertyNames());
        for (var metric : expected.get("metrics").properties()) {
            assertThat(item.get("metrics").get(metric.getKey()).asDouble())
                    .isCloseTo(metric.getValue().asDouble(), within(1e-4));
        }
    }

    @Test
    void figuresAreATableAndUnderLmEvalsNamesInJson() throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                "benchmark",
                                "winogrande,lambada",
                                "--model",
                                model(),
                                "--data",
                                data().toString(),
                                "--limit",
                                "4"));
        assertThat(run(0, words.toArray(String[]::new)).results())
                .contains("TASK", "winogrande", "lambada_openai", "perplexity", "± STDERR");
        words.add("--json");
        var json = Json.mapper().readTree(run(0, words.toArray(String[]::new)).results());
        assertThat(json.get("as_lm_eval").stringValue()).isEqualTo("0.4.13");
        assertThat(json.get("tasks").get(0).get("items_measured").asInt()).isEqualTo(4);
        assertThat(json.get("tasks").get(1).get("metrics").propertyNames())
                .containsExactly(
                        "perplexity,none", "perplexity_stderr,none", "acc,none", "acc_stderr,none");
    }

    @Test
    void mistakesAreToldBeforeAModelIsOpened() throws IOException {
        var data = data().toString();
        assertThat(run(2, "benchmark", "arc_esay", "--model", "none", "--data", data).remarks())
                .contains("Did you mean 'arc_easy'?");
        assertThat(run(2, "benchmark", "arc_easy", "--model", "none").remarks())
                .contains("--data must say where the rows of arc_easy are");
        assertThat(run(2, "benchmark", "piqa", "--model", "none", "--data", data).remarks())
                .contains("there are no rows of piqa in --data");
        assertThat(
                        run(
                                        2,
                                        "benchmark",
                                        "arc_easy",
                                        "--model",
                                        "none",
                                        "--data",
                                        data,
                                        "--few-shot",
                                        "50")
                                .remarks())
                .contains("--few-shot 50 of arc_easy needs 50 rows");
    }

    @Test
    void anAnswerThatDoesNotFitTheModelNamesTheRow() throws IOException {
        var file = folder.resolve("gsm8k.jsonl");
        Files.writeString(file, "{\"question\":\"the cat\",\"answer\":\"#### 1\"}\n");
        var screen =
                run(
                        2,
                        "benchmark",
                        "gsm8k",
                        "--model",
                        model(),
                        "--data",
                        "gsm8k=" + file,
                        "--few-shot",
                        "0");
        assertThat(screen.remarks())
                .contains("gsm8k.jsonl:1: an answer may take 256 tokens, and the model reads 128");
    }

    @Test
    void aLeaderboardHoldsModelsAgainstEachOtherOnTheSameItems() throws IOException {
        var other = TinyTask.decoder(Files.createDirectories(folder.resolve("b")), "qwen2");
        var screen =
                run(
                        0,
                        "models",
                        "leaderboard",
                        model(),
                        other.toString(),
                        "--tasks",
                        "arc_easy,winogrande",
                        "--data",
                        data().toString(),
                        "--json");
        var json = Json.mapper().readTree(screen.results());
        assertThat(json.get("models")).hasSize(2);
        assertThat(json.get("verdict").stringValue()).contains("too few items to tell");
        for (var model : json.get("models")) {
            assertThat(model.get("bytes_on_disk").asLong()).isGreaterThan(50_000);
            assertThat(model.get("tokens_per_second").asDouble()).isPositive();
            assertThat(model.get("tasks")).hasSize(2);
        }
        assertThat(run(2, "models", "leaderboard", "a", "a", "--data", "x").remarks())
                .contains("MODEL must be two or more different ones, got a a");
    }
}
