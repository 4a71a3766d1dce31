package dev.sartor.benchmarks.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LabelBenchCommandsTest {
    private static final List<String> NAMES = List.of("card", "loan", "transfer");

    @TempDir Path folder;

    private final Screen screen = Screen.file();

    @BeforeEach
    void writeRows() throws IOException {
        write("train", 400, 1);
        write("test", 90, 2);
    }

    private void write(String name, int count, long seed) throws IOException {
        var random = new Random(seed);
        var vectors = new ArrayList<float[]>();
        var labels = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var vector = new float[6];
            for (int j = 0; j < 6; j++) {
                vector[j] = (float) (0.3 * random.nextGaussian() + (j == i % 3 ? 1 : 0));
            }
            vectors.add(vector);
            labels.add(NAMES.get(i % 3));
        }
        VectorFile.write(folder.resolve(name + ".f32"), vectors);
        Files.write(folder.resolve(name + ".txt"), labels);
    }

    private JsonNode told(String command, String labels, String... more) {
        var fixed =
                Stream.of(
                        "bench",
                        command,
                        "--vectors",
                        file("train.f32"),
                        "--labels",
                        file(labels),
                        "--test-vectors",
                        file("test.f32"),
                        "--test-labels",
                        file("test.txt"),
                        "--json");
        assertThat(screen.sartor(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new)))
                .as(screen.remarks())
                .isZero();
        return Json.mapper().readTree(screen.results());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void plantedWrongLabelsAreFoundAndTheRowsWritten() throws IOException {
        var given = new ArrayList<>(Files.readAllLines(folder.resolve("train.txt")));
        for (int i = 0; i < 400; i += 8) {
            given.set(i, NAMES.get((i + 1) % 3));
        }
        Files.write(folder.resolve("given.txt"), given);
        var told =
                told(
                        "wrong-labels",
                        "given.txt",
                        "--right-labels",
                        file("train.txt"),
                        "--rows-out",
                        file("rows.jsonl"),
                        "--probabilities-out",
                        file("held.f64"));
        assertThat(told.get("suspected").intValue()).isBetween(45, 62);
        assertThat(told.get("expected_wrong").intValue()).isBetween(35, 70);
        assertThat(told.get("accuracy").get("without_suspected").doubleValue()).isGreaterThan(0.9);
        assertThat(Files.size(folder.resolve("held.f64"))).isEqualTo(400 * 3 * 8);
        var rows = Files.readAllLines(folder.resolve("rows.jsonl"));
        assertThat(rows).hasSize(400);
        var first = Json.mapper().readTree(rows.getFirst());
        assertThat(first.get("given").stringValue()).isEqualTo("loan");
        assertThat(first.get("likeliest").stringValue()).isEqualTo("card");
        assertThat(first.get("suspected").booleanValue()).isTrue();
        assertThat(first.get("pruned").isArray()).isTrue();
    }

    @Test
    void labellingIsSimulatedBatchByBatch() {
        var runs =
                told(
                                "label-next",
                                "train.txt",
                                "--strategy",
                                "random,margin",
                                "--batch",
                                "20",
                                "--until",
                                "60")
                        .get("runs");
        assertThat(runs.size()).isEqualTo(2);
        assertThat(runs.get(1).get("strategy").stringValue()).isEqualTo("margin");
        assertThat(runs.get(1).get("curve").size()).isEqualTo(3);
        assertThat(runs.get(1).get("curve").get(2).get(0).intValue()).isEqualTo(60);
        assertThat(runs.get(1).get("curve").get(2).get(1).doubleValue()).isGreaterThan(0.9);
    }

    @Test
    void forecastsAreHeldAgainstWhatTwiceTheRowsGive() {
        var told =
                told(
                        "learning-curve",
                        "train.txt",
                        "--rows",
                        "160",
                        "--times",
                        "3",
                        "--draws",
                        "3");
        assertThat(told.get("forecasts").size()).isEqualTo(3);
        for (var each : told.get("forecasts")) {
            assertThat(each.get("low").doubleValue())
                    .isLessThanOrEqualTo(each.get("high").doubleValue());
            assertThat(each.get("measured").doubleValue()).isGreaterThan(0.9);
        }
    }

    @Test
    void vectorsOfOtherRowsAreRefused() throws IOException {
        Files.write(folder.resolve("fewer.txt"), List.of("card", "loan", "card"));
        assertThat(
                        screen.sartor(
                                "bench",
                                "wrong-labels",
                                "--vectors",
                                file("test.f32"),
                                "--labels",
                                file("train.txt")))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("must hold as many vectors as there are labels, 400");
    }
}
