package dev.sartor.project;

import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import java.util.Locale;

/// What must hold between a task and what its answers are worth.
final class ValueRules {
    private ValueRules() {}

    static void check(Project project, YamlBinder binder, FileProblems problems) {
        for (var task : project.tasks()) {
            project.value(task)
                    .ifPresent(value -> {
                        var section =
                                task.value().isPresent() ? binder.place(task) + ".value" : "value";
                        rightAndWrong(task, value, section, binder, problems);
                        abstained(task, value, section, binder, problems);
                    });
        }
    }

    private static void rightAndWrong(
            TaskSettings task,
            ValueSettings value,
            String section,
            YamlBinder binder,
            FileProblems problems) {
        var key = section + ".right_from";
        if (!Metrics.known(task.isClassification()).contains(task.metricName())) {
            return; // said elsewhere
        }
        if (!Metrics.saysRightOrWrong(task.task()) && value.rightFrom().isEmpty()) {
            problems.add(
                    binder.line(key),
                    String.format(
                            Locale.ROOT,
                            "%s is missing: the task '%s' is judged by %s, which knows more and less, not right and"
                                    + " wrong. Say from which score on an answer is right, such as 'right_from: 0.5'.",
                            key,
                            task.name(),
                            task.metricName()));
        }
        if (task.isClassification() && task.value().isPresent() && binder.isGiven(key)) {
            problems.add(
                    binder.line(key),
                    key + " is for free text; a label is right or wrong. Leave it out.");
        }
    }

    private static void abstained(
            TaskSettings task,
            ValueSettings value,
            String section,
            YamlBinder binder,
            FileProblems problems) {
        var key = section + ".people_accuracy";
        if (task.precision().isPresent()
                && value.perAbstained().isEmpty()
                && value.peopleAccuracy().isEmpty()) {
            problems.add(
                    binder.line(key),
                    String.format(
                            Locale.ROOT,
                            "%s is missing: candidates of the task '%s' leave questions to people. Say how often people are"
                                    + " right, such as 'people_accuracy: 0.95', or with per_abstained what such a question"
                                    + " brings.",
                            key,
                            task.name()));
        }
    }
}
