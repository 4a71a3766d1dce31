package dev.sartor.project;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;

/// Reads the versions of prompts that a project file names.
///
/// @param folder the project's
record StatedPrompts(Path folder, YamlBinder binder, FileProblems problems) {
    /// The project with what its tasks' versions say in place of the tasks' instructions.
    Project read(Project project) {
        return project.with(project.tasks().stream().map(this::read).toList());
    }

    private TaskSettings read(TaskSettings task) {
        if (!(task.prompt().orElse(null) instanceof NamedPrompt named)) {
            return task;
        }
        try {
            var versions = PromptVersions.of(folder, task.name());
            var id = named.isPromoted() ? promoted(versions) : named.name();
            return task.with(versions.read(id).content());
        } catch (SartorException e) {
            if (e.kind() != SartorException.Kind.USER) {
                throw e;
            }
            var path = binder.place(task) + ".prompt";
            // A refusal may itself be a list of problems, with a last line that counts them.
            String.valueOf(e.getMessage())
                    .lines()
                    .filter(line -> !line.endsWith("nothing was started."))
                    .forEach(line -> problems.add(binder.line(path), path + ": " + line));
            return task;
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
