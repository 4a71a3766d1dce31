package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a training writes of its steps, `training.jsonl` in its adapter's folder, as the events of a job: each step once, also where
/// the training goes on from a checkpoint before it. Not thread-safe.
final class TrainingWatch {
    private static final String LOG = "training.jsonl";
    private static final String ADAPTERS = "runs/adapters";
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Path project;
    private long read;
    private int told;
    private int toldCheck;

    /// @param told the last step that was told of
    /// @param toldCheck that of the last measurement
    TrainingWatch(Path project, int told, int toldCheck) {
        this.project = project;
        this.told = told;
        this.toldCheck = toldCheck;
    }

    /// @param metrics by the names that OpenAI has for them, where it has
    record Seen(String message, Map<String, Double> metrics) {}

    /// What came since it was asked last.
    List<Seen> next() {
        var seen = new ArrayList<Seen>();
        for (var line : lines()) {
            int step = line.path("step").asInt(0);
            switch (line.path("kind").asString("")) {
                case "step" -> {
                    if (step > told) {
                        told = step;
                        seen.add(step(step, line));
                    }
                }
                case "check" -> {
                    if (step > toldCheck) {
                        toldCheck = step;
                        check(step, line).ifPresent(seen::add);
                    }
                }
                default -> {}
            }
        }
        return seen;
    }

    private static Seen step(int step, JsonNode line) {
        double loss = line.path("loss").asDouble(0);
        return new Seen(
                String.format(Locale.ROOT, "Step %d: training loss=%.4f", step, loss),
                Map.of("step", (double) step, "train_loss", loss));
    }

    private static Optional<Seen> check(int step, JsonNode line) {
        if (!line.has("validation")) {
            return Optional.empty();
        }
        var metrics = metrics(line);
        metrics.put("step", (double) step);
        return Optional.of(
                new Seen(
                        String.format(
                                Locale.ROOT,
                                "Epoch %.2f: validation %s=%.4f",
                                line.path("epoch").asDouble(0),
                                line.path("metric").asString("score"),
                                line.path("validation").asDouble(0)),
                        metrics));
    }

    /// Of a measurement.
    static Map<String, Double> metrics(JsonNode line) {
        var metrics = new HashMap<String, Double>();
        metrics.put("train_loss", line.path("loss").asDouble(0));
        if (line.has("validation")) {
            metrics.put(
                    "valid_" + line.path("metric").asString("score"),
                    line.path("validation").asDouble(0));
        }
        return metrics;
    }

    /// Whole lines behind those that were read. Where the file became shorter, it is another one.
    private List<JsonNode> lines() {
        var log = log();
        if (log.isEmpty()) {
            return List.of();
        }
        try (var file = new RandomAccessFile(log.get().toFile(), "r")) {
            if (file.length() < read) {
                read = 0;
            }
            file.seek(read);
            var bytes = new byte[(int) Math.min(MOST_AT_ONCE, file.length() - read)];
            file.readFully(bytes);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            read += whole;
            return parsed(new String(bytes, 0, whole, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return List.of(); // it is being written anew
        }
    }

    private static List<JsonNode> parsed(String text) {
        var lines = new ArrayList<JsonNode>();
        for (var line : text.lines().toList()) {
            try {
                lines.add(Json.mapper().readTree(line));
            } catch (JacksonException e) {
                return lines; // where another writing began
            }
        }
        return lines;
    }

    private Optional<Path> log() {
        var adapters = project.resolve(ADAPTERS);
        if (!Files.isDirectory(adapters)) {
            return Optional.empty();
        }
        try (var folders = Files.list(adapters)) {
            return folders.map(folder -> folder.resolve(LOG))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + adapters + ": " + e.getMessage(), e);
        }
    }

    /// The step that a finished training kept, with its metrics.
    ///
    /// @param epoch that was kept
    static FineTuningBody.Tuned kept(String model, Path job, Path adapter, double epoch) {
        int step = 0;
        Map<String, Double> metrics = Map.of();
        try (var lines = Files.lines(adapter.resolve(LOG))) {
            for (var text : (Iterable<String>) lines::iterator) {
                var line = Json.mapper().readTree(text);
                var kind = line.path("kind").asString("");
                boolean isKept =
                        kind.equals("check")
                                && Math.abs(line.path("epoch").asDouble(-1) - epoch) < 1e-6;
                if (isKept || (kind.equals("step") && epoch <= 0)) {
                    step = line.path("step").asInt(0);
                    metrics = metrics(line);
                }
            }
        } catch (IOException | JacksonException e) {
            throw SartorException.missing("cannot read " + adapter + ": " + e.getMessage(), e);
        }
        return new FineTuningBody.Tuned(model, job.relativize(adapter).toString(), step, metrics);
    }
}
