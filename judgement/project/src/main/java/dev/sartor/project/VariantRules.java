package dev.sartor.project;

import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.prompt.version.PromptVariant;
import dev.sartor.prompt.version.PromptVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What must hold of the versions of a prompt that a task tries side by side, once they are read.
record VariantRules(YamlBinder binder, FileProblems problems) {
    /// Each is a candidate more for every approach that shows a prompt: with more of them a test set tells nothing.
    private static final int MOST = 20;

    /// @param stated as the file alone states it
    /// @param read the same, with what the versions say
    void check(Project stated, Project read) {
        for (int i = 0; i < read.tasks().size(); i++) {
            var task = read.tasks().get(i);
            if (!task.prompts().isEmpty()) {
                check(task, read.tried(task), binder.place(stated.tasks().get(i)) + ".prompts");
            }
        }
    }

    private void check(TaskSettings task, List<ApproachName> tried, String path) {
        if (task.prompts().size() > MOST) {
            add(
                    path,
                    String.format(
                            Locale.ROOT,
                            "%s must name at most %d versions, got %d: each is a candidate more, and the more there are the"
                                    + " more test examples it takes to tell. Compare some first, and the best with the others.",
                            path,
                            MOST,
                            task.prompts().size()));
        }
        if (tried.stream().noneMatch(ApproachName::swapsPrompt)) {
            add(
                    path,
                    path
                            + " is of no use: none of the task's approaches shows a prompt to a model that was not trained"
                            + " with it. Add one that does, such as zero-shot, or leave the key out.");
        }
        // What could not be read is a problem already.
        var read =
                task.prompts().stream()
                        .filter(PromptVariant.Read.class::isInstance)
                        .map(PromptVariant::version)
                        .toList();
        Map<String, PromptVersion> seen = new HashMap<>();
        for (var each : read) {
            refuseOwn(each, task, path);
            refuseWithoutPassages(each, tried, path);
            var before = seen.putIfAbsent(each.shortId(), each);
            if (before != null) {
                add(path, twice(before, each, path));
            }
        }
    }

    /// Candidates are called by the first digits.
    private static String twice(PromptVersion one, PromptVersion other, String path) {
        return one.id().equals(other.id())
                ? path + " names the version " + one.id() + " twice. Keep one of them."
                : path
                        + " names two versions that begin with "
                        + one.shortId()
                        + ", which their candidates are called by. Leave one of them out.";
    }

    /// A promoted version changes without the file: there it is tried once, and said.
    private void refuseOwn(PromptVersion version, TaskSettings task, String path) {
        boolean isRead =
                !(task.prompt().orElse(null) instanceof NamedPrompt named)
                        || named.content().isPresent();
        if (isRead && !task.followsPromoted() && version.id().equals(task.content().id())) {
            add(
                    path,
                    path
                            + " names the version "
                            + version.id()
                            + ", which is the task's own prompt and is measured anyway. Leave it out.");
        }
    }

    /// Before the first candidate is measured, not in the midst of it.
    private void refuseWithoutPassages(
            PromptVersion version, List<ApproachName> tried, String path) {
        if (version.content().template().showsPassages()) {
            return;
        }
        var searching =
                tried.stream()
                        .filter(each -> each.swapsPrompt() && each.usesDocuments())
                        .map(ApproachName::wireName)
                        .collect(Collectors.joining(" and "));
        if (!searching.isEmpty()) {
            add(
                    path,
                    path
                            + " names the version "
                            + version.id()
                            + ", whose texts have no place for passages, which "
                            + searching
                            + " must show. Make a version that shows {{ passages }}, or leave one of them out.");
        }
    }

    private void add(String path, String what) {
        problems.add(binder.line(path), what);
    }
}
