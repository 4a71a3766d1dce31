package dev.sartor.compare.approach;

import dev.sartor.compare.run.Figures;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.evaluate.statistics.SampleSize;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.SearchSettings;
import dev.sartor.project.setting.TaskSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A look at a project's data before anything is started.
///
/// @param tasks in the file's order
/// @param problems bad rows, leaks, and labels that tuning could not learn, by file; empty where all is well
/// @param count how many there are, of which a long list is told in numbers
public record ProjectCheck(List<TaskCheck> tasks, List<String> problems, long count) {
    public ProjectCheck {
        tasks = List.copyOf(tasks);
        problems = List.copyOf(problems);
    }

    /// @param needed how many test examples would be enough for the margin, with 20 % discordant pairs and 80 % power
    /// @param said what the user should know, one sentence each
    /// @param warnings what a comparison will not be able to tell, likewise
    /// @param askers how many rows each asks; the one at this machine where nobody is named
    public record TaskCheck(
            String name,
            int train,
            int validation,
            int test,
            int needed,
            List<String> said,
            List<String> warnings,
            Map<Principal, Integer> askers) {}

    public static ProjectCheck of(Project project) {
        return of(project, Optional.empty());
    }

    /// @param window of the project's model, for rows that it cannot read; empty where nobody can tell
    public static ProjectCheck of(Project project, Optional<ModelWindow> window) {
        var problems = new Problems();
        var tasks = new ArrayList<TaskCheck>();
        for (var settings : project.tasks()) {
            var examples = TaskExamples.read(settings, problems);
            LearnedLabels.check(project, settings, examples, problems);
            window.ifPresent(each -> longRows(settings, each, examples, problems));
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
                            said,
                            examples.warnings(),
                            examples.askers()));
        }
        return new ProjectCheck(tasks, problems.all(), problems.count());
    }

    /// Under each version of the prompt that is tried.
    private static void longRows(
            TaskSettings settings, ModelWindow window, TaskExamples data, Problems problems) {
        new LongRows(settings, window).check(data, problems);
        settings.variants()
                .forEach(each ->
                        new LongRows(settings.pinned(each.content()), window)
                                .check(data, problems));
    }

    /// All that a comparison would open, by the key that names it.
    public static Map<String, String> models(Project project) {
        var models = new LinkedHashMap<String, String>();
        models.put("model", project.model());
        project.models().forEach(each -> models.put("models (" + each + ")", each));
        boolean embeds =
                project.tasks().stream()
                        .anyMatch(task ->
                                project.tried(task).stream()
                                        .map(Approach::of)
                                        .anyMatch(each -> each.usesEmbedder(task)));
        if (embeds || project.documents().isPresent()) {
            models.put("embedder", project.embedder());
        }
        for (var task : project.tasks()) {
            if (project.tried(task).stream().anyMatch(ApproachName::usesDocuments)) {
                task.retrieval().rerank().ifPresent(model -> models.put("retrieval.rerank", model));
            }
            task.tune().search().map(SearchSettings::models).orElse(List.of()).stream()
                    .filter(model -> !models.containsValue(model))
                    .forEach(model -> models.put("tune.search.models (" + model + ")", model));
        }
        return models;
    }

    public boolean isWell() {
        return problems.isEmpty();
    }
}
