package dev.sartor.project;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Reads the versions of prompts that a project file names.
///
/// @param folder the project's
record StatedPrompts(Path folder, YamlBinder binder, FileProblems problems) {
    /// The project with what its tasks' versions say in place of the tasks' instructions.
    Project read(Project project) {
        return project.with(project.tasks().stream().map(this::read).toList());
    }

    private TaskSettings read(TaskSettings task) {
        var versions = PromptVersions.of(folder, task.name());
        var place = binder.place(task);
        var own =
                task.prompt().orElse(null) instanceof NamedPrompt named
                        ? unlessRefused(
                                place + ".prompt", task, () -> task.with(own(named, versions)))
                        : task;
        if (task.prompts().isEmpty()) {
            return own;
        }
        return own.withPrompts(
                task.prompts().stream()
                        .map(each ->
                                unlessRefused(
                                        place + ".prompts",
                                        each,
                                        () -> each.read(versions.find(each.name()))))
                        .toList());
    }

    private static PromptContent own(NamedPrompt named, PromptVersions versions) {
        return versions.read(named.isPromoted() ? promoted(versions) : named.name()).content();
    }

    /// @param otherwise what counts where reading is refused, which the problems then say
    private <T> T unlessRefused(String path, T otherwise, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SartorException e) {
            if (e.kind() != SartorException.Kind.USER) {
                throw e;
            }
            // A refusal may itself be a list of problems, with a last line that counts them.
            String.valueOf(e.getMessage())
                    .lines()
                    .filter(line -> !line.endsWith("nothing was started."))
                    .forEach(line -> problems.add(binder.line(path), path + ": " + line));
            return otherwise;
        }
    }

    private static String promoted(PromptVersions versions) {
        return versions.promoted()
                .orElseThrow(() ->
                        SartorException.user(
                                "no version of the prompt of task '"
                                        + versions.task()
                                        + "' is promoted. Promote one with `sartor prompts promote "
                                        + versions.task()
                                        + " VERSION`, or leave the key out: then the instruction counts."));
    }
}
