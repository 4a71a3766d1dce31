package dev.sartor.compare;

import dev.sartor.core.Problems;
import dev.sartor.evaluate.SampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A look at a project's data before anything is started.
///
/// @param tasks in the file's order
/// @param problems every bad row, every leak and every label that tuning could not learn, by file; empty where all is well
public record ProjectCheck(List<TaskCheck> tasks, List<String> problems) {
    public ProjectCheck {
        tasks = List.copyOf(tasks);
        problems = List.copyOf(problems);
    }

    /// @param needed how many test examples would be enough for the margin, with 20 % discordant pairs and 80 % power
    /// @param said what the user should know, one sentence each
    public record TaskCheck(
            String name, int train, int validation, int test, int needed, List<String> said) {}

    public static ProjectCheck of(Project project) {
        var problems = new Problems();
        var tasks = new ArrayList<TaskCheck>();
        for (var settings : project.tasks()) {
            var examples = TaskExamples.read(settings, problems);
            LearnedLabels.check(project, settings, examples, problems);
            var needed = SampleSize.needed(settings.margin());
            var said = new ArrayList<>(examples.said());
            if (examples.test().size() < needed) {
                said.add(
                        String.format(
                                        Locale.ROOT,
                                        "%s: %d test examples can hardly show that one candidate is at most %s points worse than",
                                        settings.name(),
                                        examples.test().size(),
                                        Figures.plainPoints(settings.margin()))
                                + String.format(
                                        Locale.ROOT,
                                        " another; about %d would be enough, or a larger margin.",
                                        needed));
            }
            tasks.add(
                    new TaskCheck(
                            settings.name(),
                            examples.train().size(),
                            examples.validation().size(),
                            examples.test().size(),
                            needed,
                            said));
        }
        return new ProjectCheck(tasks, problems.all());
    }

    public boolean isWell() {
        return problems.isEmpty();
    }
}
