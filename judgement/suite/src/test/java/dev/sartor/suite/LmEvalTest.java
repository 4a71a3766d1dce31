package dev.sartor.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.suite.file.BenchmarkFiles;
import dev.sartor.suite.score.ItemAnswer;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.BenchmarkTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Requests, metrics and standard errors that lm-evaluation-harness made of made-up rows (bench/references/suite_prompts.py).
class LmEvalTest {
    private static final JsonNode REFERENCE = reference();

    @TempDir Path folder;

    private static JsonNode reference() {
        try (var in =
                Objects.requireNonNull(LmEvalTest.class.getResourceAsStream("/lm-eval.json"))) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<JsonNode> cases() {
        return REFERENCE.get("cases").valueStream();
    }

    private static String name(JsonNode each) {
        return each.get("task").stringValue() + ", " + each.get("few_shot").asInt() + " examples";
    }

    @TestFactory
    Stream<DynamicTest> everyRequestIsTheOneOfLmEval() {
        return cases().map(each -> DynamicTest.dynamicTest(name(each), () -> requests(each)));
    }

    private void requests(JsonNode each) throws IOException {
        var items = items(each);
        assertThat(items.items()).hasSize(each.get("items").size());
        for (int i = 0; i < items.items().size(); i++) {
            var asked = items.items().get(i);
            var expected =
                    each.get("items")
                            .get(i)
                            .get("requests")
                            .valueStream()
                            .map(request ->
                                    request.valueStream().map(JsonNode::stringValue).toList())
                            .toList();
            assertThat(requests(asked)).isEqualTo(expected);
        }
    }

    private static List<List<String>> requests(TaskItems.Asked asked) {
        return switch (asked.item()) {
            case BenchmarkItem.Scored scored ->
                    scored.continuations(asked.before()).stream()
                            .map(each -> List.of(each.context(), each.text()))
                            .toList();
            case BenchmarkItem.Written written -> List.of(List.of(written.prompt(asked.before())));
        };
    }

    @TestFactory
    Stream<DynamicTest> everyMetricAndStandardErrorIsTheOneOfLmEval() {
        return cases().map(each -> DynamicTest.dynamicTest(name(each), () -> metrics(each)));
    }

    private void metrics(JsonNode each) throws IOException {
        var items = items(each);
        assertThat(items.task().version()).isEqualTo(each.get("version").stringValue());
        var answers = answers(each, items);
        for (int i = 0; i < answers.size(); i++) {
            var expected = new LinkedHashMap<String, Double>();
            each.get("items")
                    .get(i)
                    .get("metrics")
                    .properties()
                    .forEach(metric -> expected.put(metric.getKey(), metric.getValue().asDouble()));
            assertThat(answers.get(i).metrics().keySet()).isEqualTo(expected.keySet());
            for (var metric : expected.entrySet()) {
                assertThat(answers.get(i).metrics().get(metric.getKey()))
                        .isCloseTo(metric.getValue(), within(1e-12));
            }
        }
        var result = new TaskResult(items.task(), items.fewShot(), answers, 1);
        var json = BenchmarkJson.of(result, true).get("metrics");
        for (var expected : each.get("results").properties()) {
            assertThat(json.get(expected.getKey()).asDouble())
                    .as(expected.getKey())
                    .isCloseTo(
                            expected.getValue().asDouble(),
                            within(1e-9 * Math.max(1, expected.getValue().asDouble())));
        }
        assertThat(json).hasSize(each.get("results").size());
    }

    private static List<ItemAnswer> answers(JsonNode each, TaskItems items) {
        return IntStream.range(0, items.items().size())
                .mapToObj(i -> answer(items.items().get(i).item(), each.get("items").get(i)))
                .toList();
    }

    private static ItemAnswer answer(BenchmarkItem item, JsonNode given) {
        if (item instanceof BenchmarkItem.Written written) {
            var text = given.get("text").stringValue();
            var answers = written.answers(text);
            var expected = new LinkedHashMap<String, String>();
            given.get("answers")
                    .properties()
                    .forEach(way -> expected.put(way.getKey(), way.getValue().stringValue()));
            assertThat(answers).isEqualTo(expected);
            return new ItemAnswer(
                    item,
                    new double[0],
                    new boolean[0],
                    Optional.of(text),
                    answers,
                    written.metrics(answers),
                    1);
        }
        var likelihoods =
                given.get("log_likelihoods")
                        .valueStream()
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
        var greedy = new boolean[likelihoods.length];
        for (int i = 0; i < greedy.length; i++) {
            greedy[i] = given.get("greedy").get(i).asBoolean();
        }
        var metrics = ((BenchmarkItem.Scored) item).metrics(likelihoods, greedy);
        return new ItemAnswer(item, likelihoods, greedy, Optional.empty(), Map.of(), metrics, 1);
    }

    @Test
    void subjectsCountByTheirItems() throws IOException {
        for (var group : REFERENCE.get("mmlu")) {
            var answers = new ArrayList<ItemAnswer>();
            for (var each : cases().filter(c -> isPart(c, group)).toList()) {
                answers.addAll(answers(each, items(each)));
            }
            var task = BenchmarkTasks.named(List.of("mmlu")).getFirst();
            var result = new TaskResult(task, group.get("few_shot").asInt(), answers, 1);
            var figure = result.figures().getFirst();
            assertThat(figure.value()).isCloseTo(group.get("acc,none").asDouble(), within(1e-12));
            assertThat(figure.standardError().orElseThrow())
                    .isCloseTo(group.get("acc_stderr,none").asDouble(), within(1e-12));
            assertThat(result.subjects()).containsOnlyKeys("anatomy", "us_foreign_policy");
        }
    }

    private static boolean isPart(JsonNode each, JsonNode group) {
        return each.get("task").stringValue().startsWith("mmlu_")
                && each.get("few_shot").asInt() == group.get("few_shot").asInt();
    }

    private TaskItems items(JsonNode each) throws IOException {
        var name = each.get("task").stringValue().replaceFirst("^mmlu_.*", "mmlu");
        var task = BenchmarkTasks.named(List.of(name)).getFirst();
        var place = Files.createTempDirectory(folder, name);
        write(place.resolve(task.dataset().evaluated() + ".jsonl"), each.get("rows"));
        if (!each.get("examples").isEmpty()) {
            write(place.resolve(task.dataset().examples() + ".jsonl"), each.get("examples"));
        }
        var files = BenchmarkFiles.of(List.of(name + "=" + place), BenchmarkTasks.names());
        var shots = Optional.of(each.get("few_shot").asInt());
        return TaskItems.read(task, files, new RunOptions(Optional.empty(), shots, 1));
    }

    private static void write(Path file, JsonNode rows) throws IOException {
        Files.write(file, rows.valueStream().map(JsonNode::toString).toList());
    }
}
