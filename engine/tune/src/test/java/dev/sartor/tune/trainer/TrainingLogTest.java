package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.core.Score;
import dev.sartor.tune.Ability;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TrainingLogTest {
    private final AtomicLong nanos = new AtomicLong();

    @TempDir Path folder;

    @Test
    void everyStepMeasurementAndAnswerIsALine() throws IOException {
        try (var log = log()) {
            log.begins(0, 4);
            log.before(new Ability(0.75, 20, List.of(0.75)));
            step(log, 1);
            step(log, 2);
            log.check(
                    new TrainingReport.CheckReport(
                            2,
                            1,
                            0.7,
                            Optional.of(new Score("accuracy", 0.5, 0.4, 0.6, 30)),
                            Optional.of(new Ability(0.7, 21, List.of(0.75)))));
            log.answers(2, List.of(new AnswerSample("2+2?", "4", "5")));
        }
        var lines = lines();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0).get("general_accuracy").doubleValue()).isEqualTo(0.75);
        assertThat(lines.get(2).toString())
                .isEqualTo(
                        "{\"kind\":\"step\",\"step\":2,\"loss\":0.5,\"learning_rate\":0.001,\"gradient_norm\":0.25,"
                                + "\"tokens_per_second\":100.1,\"resident_mib\":200,\"seconds\":4.0,\"remaining_seconds\":4.0}");
        assertThat(lines.get(3).get("metric").asString()).isEqualTo("accuracy");
        assertThat(lines.get(4).get("answers").get(0).get("answer").asString()).isEqualTo("5");
    }

    @Test
    void whatCameAfterTheStepThatIsGoneOnFromIsCutOffAndSoIsAHalfLine() throws IOException {
        try (var log = log()) {
            log.begins(0, 4);
            for (int step = 1; step <= 3; step++) {
                step(log, step);
            }
        }
        Files.writeString(file(), "{\"kind\":\"step\",\"st", StandardOpenOption.APPEND);
        try (var log = log()) {
            log.begins(2, 4);
            assertThat(steps()).containsExactly(1, 2);
            step(log, 3);
        }
        assertThat(steps()).containsExactly(1, 2, 3);
        assertThat(lines().getLast().get("seconds").doubleValue())
                .as("goes on from the 4 s of step 2")
                .isEqualTo(6);
        assertThat(lines().getLast().get("remaining_seconds").doubleValue()).isEqualTo(2);
    }

    @Test
    void aTrainingFromItsBeginningForgetsTheOneBefore() throws IOException {
        try (var log = log()) {
            log.begins(0, 4);
            step(log, 1);
        }
        try (var log = log()) {
            log.begins(0, 4);
            assertThat(lines()).isEmpty();
        }
    }

    @Test
    void oneThatGoesBackToItsOwnBeginningKeepsWhatWasMeasuredBefore() throws IOException {
        try (var log = log()) {
            log.begins(0, 4);
            log.before(new Ability(0.75, 20, List.of(0.75)));
            step(log, 1);
            log.begins(0, 4);
            assertThat(steps()).containsExactly(0);
        }
    }

    private TrainingLog log() {
        return new TrainingLog(folder, nanos::get);
    }

    /// A step of two seconds.
    private void step(TrainingWatcher log, int step) {
        nanos.addAndGet(2_000_000_000L);
        log.step(
                new TrainingReport.StepReport(step, 1.0 / step, 1e-3, 0.25),
                new TrainingWatcher.Pace(100.12, 200));
    }

    private List<Integer> steps() throws IOException {
        return lines().stream().map(line -> line.get("step").intValue()).toList();
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(file()).stream()
                .map(line -> Json.mapper().readTree(line))
                .toList();
    }

    private Path file() {
        return folder.resolve("training.jsonl");
    }
}
