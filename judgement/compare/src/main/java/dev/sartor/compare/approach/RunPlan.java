package dev.sartor.compare.approach;

import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a finished run's candidate is opened from: the project file as it is now, held against what the run was made with.
///
/// @param folder the project's
public record RunPlan(Run run, Path folder) {
    /// With the version of the prompt that the run was measured with, where the file names another one.
    public Planned underMeasuredPrompt(Planned planned) {
        var measured = run.promptVersion().filter(id -> !id.equals(planned.prompt().id()));
        return measured.isEmpty() || !planned.settings().isVersioned()
                ? planned
                : planned.with(kept(measured.get()));
    }

    /// A version that the run was measured with.
    private PromptContent kept(String id) {
        var versions = PromptVersions.of(folder, run.task());
        if (!versions.ids().contains(id)) {
            throw SartorException.user(
                    "the run "
                            + run.id()
                            + " was made with the version "
                            + id
                            + " of the prompt, which is not in "
                            + PromptVersions.FOLDER
                            + "/"
                            + run.task()
                            + ", and cannot have another. Put it back, or run `sartor compare` again.");
        }
        return versions.read(id).content();
    }

    /// As the project file has it now, on the model and with the settings that the run was made with.
    ///
    /// @throws SartorException a user's error where the file has no such task
    public Planned of(Project project) {
        var settings =
                project.task(run.task())
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " has no task '"
                                                + run.task()
                                                + "', which the run "
                                                + run.id()
                                                + " is of."
                                                + Nearest.advice(run.task(), project.taskNames())));
        var remote = run.remote().flatMap(project::remote);
        var name = run.recipe().approach();
        var examples = TaskExamples.toServe(settings, Approach.of(name).showsTraining());
        var planned = settled(measuredOn(new Planned(project, settings, examples, name, remote)));
        return run.isVariant()
                ? planned.asVariant(kept(run.promptVersion().orElseThrow()))
                : planned;
    }

    /// On the further model that the run was measured on, where it was one.
    private Planned measuredOn(Planned planned) {
        var model = run.recipe().model();
        boolean isFurther = run.remote().isEmpty() && planned.name().usesModel();
        return isFurther && planned.project().models().contains(model)
                ? planned.on(model)
                : planned;
    }

    /// With the model and the settings that a search had found when the run was made.
    private Planned settled(Planned planned) {
        var tune = planned.settings().tune();
        var search = tune.search();
        if (search.isEmpty() || !run.recipe().approach().isTuned()) {
            return planned;
        }
        var made = run.recipe().settings().get("tune") instanceof Map<?, ?> map ? map : Map.of();
        var found = new LinkedHashMap<String, String>();
        for (var each : search.get().space().dimensions()) {
            Optional.ofNullable(made.get(each.name()))
                    .ifPresent(value -> found.put(each.name(), text(value)));
        }
        var model = run.recipe().model();
        return (search.get().models().contains(model) ? planned.on(model) : planned)
                .with(tune.with(found));
    }

    /// As in the project file, where words have hyphens.
    private static String text(Object value) {
        return value instanceof String word
                ? word.replace('_', '-').toLowerCase(Locale.ROOT)
                : value.toString();
    }

    /// @param swaps whether its prompt may be another version's than the one that was measured
    /// @throws SartorException a user's error where settings or training examples are no longer those of the run
    public void refuseUnlessTheSame(Planned planned, boolean swaps) {
        boolean isVersioned = swaps && planned.settings().isVersioned();
        // Written and read once, as the run's was: numbers in it then have the same types.
        var now = RunJson.line(RunJson.settings(recipe(planned, isVersioned)));
        var isSame =
                now.equals(RunJson.line(RunJson.settings(run.recipe())))
                        && (isVersioned
                                || planned.template().version().equals(run.digests().get("prompt")))
                        && planned.data()
                                .digest("train")
                                .map(digest -> digest.equals(run.digests().get("train")))
                                .orElse(true);
        if (!isSame) {
            throw SartorException.user(
                    "the run "
                            + run.id()
                            + " was made with other settings or training examples than "
                            + Project.FILE
                            + " names now. Run `sartor compare` again, or take the change back.");
        }
    }

    /// Under a version with examples of its own there is nothing to choose, under another there may be.
    private Run.Recipe recipe(Planned planned, boolean isVersioned) {
        var now = planned.recipe();
        var was = run.recipe();
        boolean isOtherwise = isVersioned && (now.choices().isEmpty() != was.choices().isEmpty());
        return isOtherwise
                ? new Run.Recipe(
                        now.task(),
                        now.candidate(),
                        now.approach(),
                        now.model(),
                        now.seed(),
                        was.choices(),
                        now.settings())
                : now;
    }
}
