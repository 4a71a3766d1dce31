package dev.sartor.compare.approach;

import dev.sartor.compare.run.Run;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptVariant;
import dev.sartor.prompt.version.PromptVersion;
import java.util.ArrayList;
import java.util.List;

/// What a comparison says of the versions of a prompt that it tries side by side.
public record VariantNotes(Project project, TaskSettings settings) {
    /// One sentence each; none where the task tries its own prompt alone.
    public List<String> all() {
        var notes = new ArrayList<String>();
        if (settings.prompts().isEmpty()) {
            return notes;
        }
        var own = settings.content().id();
        notes.add(
                "Candidates without "
                        + Run.AT
                        + " have the task's own prompt, version "
                        + own
                        + ".");
        settings.variants().forEach(each -> notes.add(note(each)));
        settings.prompts().stream()
                .map(PromptVariant::version)
                .filter(each -> !settings.variants().contains(each))
                .forEach(each ->
                        notes.add(
                                "The version "
                                        + each.id()
                                        + " that prompts names is promoted: it is the task's own prompt, and tried as"
                                        + " that."));
        var trained =
                project.tried(settings).stream()
                        .filter(each -> each.isTuned() && each.writesText())
                        .map(ApproachName::wireName)
                        .toList();
        if (!trained.isEmpty()) {
            notes.add(
                    "Trained with the task's own prompt alone: "
                            + String.join(", ", trained)
                            + ".");
        }
        return notes;
    }

    private static String note(PromptVersion version) {
        return "Candidates with "
                + Run.AT
                + version.shortId()
                + " have version "
                + version.id()
                + version.note().map(note -> " (" + note + ")").orElse("")
                + ".";
    }
}
