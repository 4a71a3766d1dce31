package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.TaskSettings;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which labels a training can teach.
public final class LearnedLabels {
    private LearnedLabels() {}

    /// Adds the labels that no training example is answered with, where an approach learns labels from them: it learns never to say
    /// one that it is not shown.
    public static void check(
            Project project, TaskSettings settings, TaskExamples data, Problems problems) {
        var learning =
                project.tried(settings).stream()
                        .filter(each -> each.learnsLabels(settings))
                        .map(ApproachName::wireName)
                        .toList();
        if (learning.isEmpty() || data.train().isEmpty()) {
            return;
        }
        var learned = data.train().stream().map(Example::reference).collect(Collectors.toSet());
        var missing =
                data.task().labels().stream()
                        .filter(label -> !learned.contains(label))
                        .filter(label -> settings.outOfScope().filter(label::equals).isEmpty())
                        .toList();
        if (!missing.isEmpty()) {
            boolean one = missing.size() == 1;
            problems.add(
                    settings.train().map(file -> file.getFileName().toString()).orElse("train"),
                    String.format(
                            Locale.ROOT,
                            "every label must occur in what is learned from, and %s %s in none of the %d examples of task '%s': %s would learn never to answer so. Add examples, take %s out of 'labels', or leave %s out of 'approaches'.",
                            missing.stream()
                                    .map(label -> "'" + label + "'")
                                    .collect(Collectors.joining(", ")),
                            one ? "does" : "do",
                            data.train().size(),
                            settings.name(),
                            String.join(" and ", learning),
                            one ? "it" : "them",
                            learning.size() == 1 ? "it" : "them"));
        }
    }
}
