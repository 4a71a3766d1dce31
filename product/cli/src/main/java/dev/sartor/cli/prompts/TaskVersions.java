package dev.sartor.cli.prompts;

import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A task of a project with the versions of its prompt. The project file may name a version that is not there: what is to be
/// put right must not be in the way.
///
/// @param settings as the file alone states them
record TaskVersions(TaskSettings settings, PromptVersions versions) {
    /// What a version is called at the command line where it is not its id.
    static final String PROMOTED = NamedPrompt.PROMOTED;

    /// @throws SartorException a user's error where the project has no such task
    static TaskVersions of(ProjectOption option, String name) {
        var project = ProjectFile.stated(option.absolute());
        var task =
                project.task(name)
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " has no task '"
                                                + name
                                                + "'."
                                                + Nearest.advice(name, project.taskNames())));
        return of(task, option.absolute());
    }

    /// Of the tasks that are named, or of all.
    static List<TaskVersions> all(ProjectOption option, List<String> names) {
        return names.isEmpty()
                ? ProjectFile.stated(option.absolute()).tasks().stream()
                        .map(task -> of(task, option.absolute()))
                        .toList()
                : names.stream().distinct().map(name -> of(option, name)).toList();
    }

    private static TaskVersions of(TaskSettings task, Path folder) {
        return new TaskVersions(task, PromptVersions.of(folder, task.name()));
    }

    String task() {
        return settings.name();
    }

    /// The id of the version that the project file names; empty where it names none, or none is promoted.
    Optional<String> named() {
        return settings.prompt().orElse(null) instanceof NamedPrompt named
                ? named.isPromoted() ? versions.promoted() : Optional.of(named.name())
                : Optional.empty();
    }

    /// What counts for the next comparison; empty where the file follows the promoted version and none is promoted.
    Optional<PromptContent> counting() {
        return settings.isVersioned()
                ? named().map(id -> versions.read(id).content())
                : Optional.of(settings.content());
    }

    /// By its id, the beginning of one, or `promoted`; what stands in the project file alone is found by its id, too.
    PromptVersion find(String name) {
        if (name.equals(PROMOTED)) {
            return versions.read(
                    versions.promoted()
                            .orElseThrow(() ->
                                    SartorException.user(
                                            "no version of task '"
                                                    + task()
                                                    + "' is promoted: `sartor prompts promote "
                                                    + task()
                                                    + " VERSION` promotes one.")));
        }
        var inFile = inFile().filter(content -> content.id().startsWith(name));
        return inFile.isPresent() && versions.ids().stream().noneMatch(id -> id.startsWith(name))
                ? new PromptVersion(inFile.get(), Optional.empty(), Optional.empty(), Instant.EPOCH)
                : versions.find(name);
    }

    /// What the project file itself says; empty where it names a version.
    Optional<PromptContent> inFile() {
        return settings.isVersioned() ? Optional.empty() : Optional.of(settings.content());
    }
}
