package dev.sartor.studio.page;

import dev.sartor.core.Json;
import dev.sartor.studio.read.TrainingCourse;
import dev.sartor.studio.read.TrainingLine;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The points of trainings' curves, as the page's script draws them.
final class CurvesJson {
    private CurvesJson() {}

    static ObjectNode of(List<TrainingLine> chosen) {
        var json = Json.mapper().createObjectNode();
        var runs = json.putArray("runs");
        for (var line : chosen) {
            var course = TrainingCourse.read(line.log());
            var run = runs.addObject().put("name", Shown.text(line.id()));
            steps(run, course);
            checks(run, course);
        }
        return json;
    }

    private static void steps(ObjectNode run, TrainingCourse course) {
        var steps = run.putArray("step");
        var loss = run.putArray("loss");
        var norm = run.putArray("gradient_norm");
        var rate = run.putArray("tokens_per_second");
        for (var each : course.steps()) {
            steps.add(each.step());
            add(loss, each.loss());
            norm.add(each.gradientNorm());
            rate.add(each.pace().tokensPerSecond());
        }
    }

    private static void checks(ObjectNode run, TrainingCourse course) {
        var steps = run.putArray("check_step");
        var validation = run.putArray("validation");
        var ability = run.putArray("ability");
        for (var each : course.checks()) {
            steps.add(each.step());
            add(validation, each.validation());
            add(ability, each.ability());
        }
    }

    private static void add(ArrayNode to, OptionalDouble value) {
        if (value.isPresent()) {
            to.add(value.getAsDouble());
        } else {
            to.addNull();
        }
    }
}
