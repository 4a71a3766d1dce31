package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Every number of a comparison recomputes from the stored answers, by somebody who knows nothing of this program.
class RecomputedTest {
    private static final double Z = 1.959963984540054;

    @TempDir Path folder;

    private JsonNode comparison;

    @BeforeEach
    void compare() {
        new Desk(folder).compare();
        comparison = Json.read(folder.resolve("runs/comparison.json"));
    }

    private JsonNode task(String name) {
        for (var task : comparison.path("tasks")) {
            if (task.path("name").asString().equals(name)) {
                return task;
            }
        }
        throw new AssertionError(name);
    }

    private JsonNode[] answers(JsonNode candidate) throws IOException {
        var file =
                folder.resolve("runs")
                        .resolve(candidate.path("run").asString())
                        .resolve("answers.jsonl");
        return Files.readAllLines(file).stream()
                .map(Json.mapper()::readTree)
                .toArray(JsonNode[]::new);
    }

    private static boolean isRight(JsonNode answer) {
        return answer.path("answer")
                .asString()
                .equals(answer.path("references").path(0).asString());
    }

    @Test
    void accuracyAndWilsonsInterval() throws IOException {
        for (var candidate : task("route").path("candidates")) {
            var answers = answers(candidate);
            int n = answers.length;
            double right = 0;
            for (var answer : answers) {
                right += isRight(answer) ? 1 : 0;
                assertThat(answer.path("score").asDouble()).isEqualTo(isRight(answer) ? 1 : 0);
            }
            double p = right / n;
            double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
            double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
            assertThat(candidate.path("score").asDouble()).isEqualTo(p);
            assertThat(candidate.path("low").asDouble()).isCloseTo(middle - half, within(1e-9));
            assertThat(candidate.path("high").asDouble()).isCloseTo(middle + half, within(1e-9));
        }
    }

    @Test
    void secondsTokensAndCosts() throws IOException {
        for (var task : comparison.path("tasks")) {
            for (var candidate : task.path("candidates")) {
                var answers = answers(candidate);
                double seconds = 0;
                double tokens = 0;
                for (var answer : answers) {
                    seconds += answer.path("seconds").asDouble() / answers.length;
                    tokens += answer.path("prompt_tokens").asDouble() / answers.length;
                }
                var run =
                        Json.read(
                                folder.resolve("runs")
                                        .resolve(candidate.path("run").asString())
                                        .resolve("run.json"));
                var setup = run.path("setup");
                // The desk's prices are the defaults: 0.10 an hour, 10,000 answers a month, four
                // re-trainings a year.
                double second = 0.10 / 3600;
                double year =
                        second
                                * (setup.path("seconds").asDouble()
                                        + 4 * setup.path("training_seconds").asDouble());
                assertThat(candidate.path("seconds_per_answer").asDouble())
                        .isCloseTo(seconds, within(1e-12));
                assertThat(candidate.path("prompt_tokens").asDouble())
                        .isCloseTo(tokens, within(1e-9));
                assertThat(candidate.path("cost_per_1000").asDouble())
                        .isCloseTo(1000 * (seconds * second + year / 120_000), within(1e-12));
            }
        }
    }

    @Test
    void pairedDifferencesAndHolmsAdjustment() throws IOException {
        var task = task("route");
        var pairs = task.path("pairs");
        double smallest = 1;
        for (var pair : pairs) {
            var first = score(task, pair.path("first").asString());
            var second = score(task, pair.path("second").asString());
            assertThat(pair.path("difference").asDouble()).isCloseTo(first - second, within(1e-12));
            assertThat(pair.path("low").asDouble())
                    .isLessThanOrEqualTo(pair.path("difference").asDouble());
            assertThat(pair.path("holm_p").asDouble())
                    .isGreaterThanOrEqualTo(pair.path("p").asDouble());
            smallest = Math.min(smallest, pair.path("p").asDouble());
        }
        for (var pair : pairs) {
            if (pair.path("p").asDouble() == smallest) {
                assertThat(pair.path("holm_p").asDouble())
                        .isCloseTo(Math.min(1, pairs.size() * smallest), within(1e-15));
            }
        }
    }

    private static double score(JsonNode task, String name) {
        for (var candidate : task.path("candidates")) {
            if (candidate.path("name").asString().equals(name)) {
                return candidate.path("score").asDouble();
            }
        }
        throw new AssertionError(name);
    }
}
