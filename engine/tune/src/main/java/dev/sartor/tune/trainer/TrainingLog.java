package dev.sartor.tune.trainer;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.tune.Ability;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A training as lines of JSON, one for each step, measurement and set of answers: `training.jsonl` in the run's folder. When
/// a training goes on from a checkpoint, the lines of later steps are cut off first.
public final class TrainingLog implements TrainingWatcher {
    /// Its name in the run's folder.
    public static final String FILE = "training.jsonl";

    private static final String STEP = "step";
    private static final String SECONDS = "seconds";

    private final Path file;
    private final LongSupplier nanos;
    private Optional<BufferedWriter> lines = Optional.empty();
    private int first;
    private int steps;
    private double secondsBefore;
    private long begun;

    public TrainingLog(Path runFolder) {
        this(runFolder, System::nanoTime);
    }

    TrainingLog(Path runFolder, LongSupplier nanos) {
        this.file = runFolder.resolve(FILE);
        this.nanos = nanos;
    }

    @Override
    public void begins(int step, int all) {
        boolean goesOn = Files.exists(file) && (step > 0 || lines.isPresent());
        close();
        var kept = goesOn ? kept(step) : List.<JsonNode>of();
        AtomicFile.write(
                file, String.join("", kept.stream().map(line -> Json.line(line) + "\n").toList()));
        first = step;
        steps = all;
        secondsBefore =
                kept.isEmpty()
                        ? 0
                        : kept.stream()
                                .mapToDouble(line -> line.path(SECONDS).asDouble(0))
                                .max()
                                .orElse(0);
        begun = nanos.getAsLong();
        try {
            lines =
                    Optional.of(
                            Files.newBufferedWriter(
                                    file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    /// Lines up to a step; a line that was cut off when the process was killed ends them.
    private List<JsonNode> kept(int step) {
        var kept = new ArrayList<JsonNode>();
        try {
            for (var line : Files.readAllLines(file)) {
                var read = Json.mapper().readTree(line);
                if (read.path(STEP).asInt(0) <= step) {
                    kept.add(read);
                }
            }
        } catch (JacksonException e) {
            return kept;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
        return kept;
    }

    @Override
    public void before(Ability ability) {
        var line = line("check", 0);
        put(line, ability);
        write(line);
    }

    @Override
    public void step(TrainingReport.StepReport step, Pace pace) {
        double seconds = (nanos.getAsLong() - begun) / 1e9;
        var line = line(STEP, step.step());
        if (Double.isFinite(step.loss())) {
            line.put("loss", step.loss());
        }
        line.put("learning_rate", step.rate());
        line.put("gradient_norm", step.gradientNorm());
        step.clipped()
                .ifPresent(rows -> {
                    line.put("rows", rows.drawn());
                    line.put("clipped_rows", rows.clipped());
                });
        line.put("tokens_per_second", tenths(pace.tokensPerSecond()));
        line.put("resident_mib", pace.residentMib());
        line.put(SECONDS, tenths(secondsBefore + seconds));
        line.put(
                "remaining_seconds",
                tenths(seconds / (step.step() - first) * (steps - step.step())));
        write(line);
    }

    @Override
    public void check(TrainingReport.CheckReport check) {
        var line = line("check", check.step());
        line.put("epoch", check.epoch());
        line.put("loss", check.loss());
        check.validation()
                .ifPresent(score -> {
                    line.put("metric", score.metric());
                    line.put("validation", score.value());
                    line.put("validation_low", score.low());
                    line.put("validation_high", score.high());
                    line.put("validation_count", score.count());
                });
        check.ability().ifPresent(ability -> put(line, ability));
        write(line);
    }

    @Override
    public void answers(int step, List<AnswerSample> samples) {
        if (!samples.isEmpty()) {
            var line = line("answers", step);
            line.put("answers", samples);
            write(line);
        }
    }

    private static Map<String, Object> line(String kind, int step) {
        var line = new LinkedHashMap<String, Object>();
        line.put("kind", kind);
        line.put(STEP, step);
        return line;
    }

    private static void put(Map<String, Object> line, Ability ability) {
        line.put("general_accuracy", ability.accuracy());
        line.put("right_choice", ability.rightChoice());
        line.put("perplexity", ability.perplexity());
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private void write(Map<String, Object> line) {
        try {
            var out =
                    lines.orElseThrow(
                            () -> SartorException.defect("a training is told of before it begins"));
            out.write(Json.line(line));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            if (lines.isPresent()) {
                lines.get().close();
            }
            lines = Optional.empty();
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }
}
