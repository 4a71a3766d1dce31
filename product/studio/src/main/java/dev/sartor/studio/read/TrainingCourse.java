package dev.sartor.studio.read;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tune.AnswerSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The course of a training, as far as it came: what the lines of its log say. A last line that is being written is left out.
///
/// @param steps thinned out evenly to {@link #MOST_STEPS} where there are more; the first and the last are among them
/// @param checks measurements on validation and of general ability
/// @param answers at the last measurement; empty where none were asked for
public record TrainingCourse(List<Step> steps, List<Check> checks, List<AnswerSample> answers) {
    /// Points of a curve beyond which an eye sees no difference.
    public static final int MOST_STEPS = 1_000;

    public TrainingCourse {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        answers = List.copyOf(answers);
    }

    /// @param loss empty of a step without rows, or where it was not finite
    public record Step(
            int step, OptionalDouble loss, double gradientNorm, double rate, Pace pace) {}

    /// @param remaining seconds to the end, as the training expects
    public record Pace(
            double tokensPerSecond, double residentMib, double seconds, double remaining) {}

    /// @param metric of the validation
    /// @param ability how likely right choices of general questions are
    public record Check(
            int step,
            OptionalDouble loss,
            String metric,
            OptionalDouble validation,
            OptionalDouble ability) {}

    /// @throws SartorException a user's error where a line before the last is damaged
    public static TrainingCourse read(Path log) {
        var lines = new Lines();
        try (var in = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            each(log, in, lines);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + log + ": " + e.getMessage(), e);
        }
        return new TrainingCourse(thinned(lines.steps), lines.checks, lines.answers);
    }

    private static void each(Path log, BufferedReader in, Lines lines) throws IOException {
        var damaged = Optional.<JacksonException>empty();
        for (var line = Optional.ofNullable(in.readLine());
                line.isPresent();
                line = Optional.ofNullable(in.readLine())) {
            if (damaged.isPresent()) { // which was not the last, that may still be written
                throw SartorException.user(
                        log
                                + " has a line that is no JSON: it is damaged. The training goes on without it; move it away to see"
                                + " the others here.",
                        damaged.get());
            }
            try {
                if (!line.get().isBlank()) {
                    lines.add(Json.mapper().readTree(line.get()));
                }
            } catch (JacksonException e) {
                damaged = Optional.of(e);
            }
        }
    }

    private static List<Step> thinned(List<Step> all) {
        if (all.size() <= MOST_STEPS) {
            return all;
        }
        var kept = new ArrayList<Step>(MOST_STEPS);
        for (int i = 0; i < MOST_STEPS; i++) {
            kept.add(all.get((int) ((long) i * (all.size() - 1) / (MOST_STEPS - 1))));
        }
        return kept;
    }

    public Optional<Step> last() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
    }

    private static final class Lines {
        private final List<Step> steps = new ArrayList<>();
        private final List<Check> checks = new ArrayList<>();
        private List<AnswerSample> answers = List.of();

        void add(JsonNode line) {
            switch (line.path("kind").asString("")) {
                case "step" -> steps.add(step(line));
                case "check" -> checks.add(check(line));
                case "answers" -> answers = samples(line);
                default -> {} // of a later version
            }
        }

        private static Step step(JsonNode line) {
            return new Step(
                    line.path("step").asInt(0),
                    number(line, "loss"),
                    line.path("gradient_norm").asDouble(0),
                    line.path("learning_rate").asDouble(0),
                    new Pace(
                            line.path("tokens_per_second").asDouble(0),
                            line.path("resident_mib").asDouble(0),
                            line.path("seconds").asDouble(0),
                            line.path("remaining_seconds").asDouble(0)));
        }

        private static Check check(JsonNode line) {
            return new Check(
                    line.path("step").asInt(0),
                    number(line, "loss"),
                    line.path("metric").asString(""),
                    number(line, "validation"),
                    number(line, "right_choice"));
        }

        private static OptionalDouble number(JsonNode line, String name) {
            return line.path(name).isNumber()
                    ? OptionalDouble.of(line.path(name).asDouble())
                    : OptionalDouble.empty();
        }

        private static List<AnswerSample> samples(JsonNode line) {
            var samples = new ArrayList<AnswerSample>();
            line.path("answers")
                    .forEach(each ->
                            samples.add(
                                    new AnswerSample(
                                            each.path("question").asString(""),
                                            each.path("reference").asString(""),
                                            each.path("answer").asString(""))));
            return samples;
        }
    }
}
