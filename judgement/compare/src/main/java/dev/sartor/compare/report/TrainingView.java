package dev.sartor.compare.report;

import dev.sartor.compare.run.CurvePoint;
import dev.sartor.compare.run.RunJson;
import dev.sartor.tune.AnswerSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// What a training's own page shows.
///
/// @param metric of the validation, in words
/// @param answers at the last measurement; empty where none were asked for
record TrainingView(
        String task,
        String metric,
        List<CurvePoint> points,
        List<TaskView.CurveRow> rows,
        List<AnswerSample> answers) {
    /// @param log the lines that a training writes, one JSON value each
    static TrainingView of(String task, Path log) {
        var lines = RunJson.readLines(log, JsonNode.class);
        var points = points(lines);
        return new TrainingView(
                task,
                lines.stream()
                        .filter(line -> line.has("metric"))
                        .map(line -> line.get("metric").asString().replace('_', ' '))
                        .findFirst()
                        .orElse("score"),
                points,
                points.stream().filter(CurvePoint::isMeasured).map(TaskView.CurveRow::of).toList(),
                answers(lines));
    }

    private static List<CurvePoint> points(List<JsonNode> lines) {
        double perEpoch =
                lines.stream()
                        .filter(line -> line.path("epoch").asDouble(0) > 0)
                        .mapToDouble(
                                line -> line.get("step").asInt() / line.get("epoch").asDouble())
                        .findFirst()
                        .orElse(1);
        var points = new ArrayList<CurvePoint>();
        for (var line : lines) {
            int step = line.get("step").asInt();
            if (hasLoss(line)) {
                points.add(
                        new CurvePoint(
                                step,
                                step / perEpoch,
                                line.get("loss").asDouble(),
                                Optional.empty(),
                                Optional.empty()));
            } else if (kind(line).equals("check")) {
                double loss = points.isEmpty() ? firstLoss(lines) : points.removeLast().loss();
                points.add(
                        new CurvePoint(
                                step,
                                step / perEpoch,
                                loss,
                                number(line, "validation"),
                                number(line, "right_choice")));
            }
        }
        return points;
    }

    private static double firstLoss(List<JsonNode> lines) {
        OptionalDouble first =
                lines.stream()
                        .filter(TrainingView::hasLoss)
                        .mapToDouble(line -> line.get("loss").asDouble())
                        .findFirst();
        return first.orElse(0);
    }

    /// Not so of a step without rows.
    private static boolean hasLoss(JsonNode line) {
        return kind(line).equals("step") && line.has("loss");
    }

    private static List<AnswerSample> answers(List<JsonNode> lines) {
        var answers = new ArrayList<AnswerSample>();
        lines.stream()
                .filter(line -> kind(line).equals("answers"))
                .reduce((_, later) -> later)
                .ifPresent(line ->
                        line.get("answers")
                                .forEach(each ->
                                        answers.add(
                                                new AnswerSample(
                                                        each.get("question").asString(),
                                                        each.get("reference").asString(),
                                                        each.get("answer").asString()))));
        return answers;
    }

    private static String kind(JsonNode line) {
        return line.path("kind").asString("");
    }

    private static Optional<Double> number(JsonNode line, String name) {
        return line.has(name) ? Optional.of(line.get(name).asDouble()) : Optional.empty();
    }
}
