package dev.sartor.tune.memory;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// How a training's steps are computed, noted beside it before it starts: a training that goes on computes them in the same
/// passes, so that it ends in the same bytes. So does one that repeats another.
///
/// @param recipe of the training
/// @param predictedMib of the process at its peak
/// @param allowedMib what it might hold when it started; 0 where the system does not say
/// @param tokens that the largest pass computes
/// @param need where the memory goes, in bytes
public record MemoryChoice(
        String recipe,
        int tokensAtOnce,
        boolean keepInputsOnly,
        long predictedMib,
        long allowedMib,
        long tokens,
        MemoryNeed need) {
    private static final String NAME = "memory.json";

    /// Has a training that has not begun take the passes of another, as far as it is of the same recipe and they fit into
    /// memory then.
    ///
    /// @param from the folder of the other; nothing is done where it notes none
    /// @param to the training's folder, which may be missing
    public static void take(Path from, Path to) {
        var file = from.resolve(NAME);
        if (Files.isRegularFile(file)) {
            AtomicFile.write(to.resolve(NAME), Json.pretty(Json.read(file)));
        }
    }

    /// Chooses, or takes what was chosen before, and says where it is not as usual.
    ///
    /// @param begun whether there are checkpoints: what was chosen has to be taken then
    /// @throws SartorException resources are missing where nothing fits
    public static TuneSettings.Passes made(
            Path folder,
            String recipe,
            MemoryPlanner<?> planner,
            boolean begun,
            Progress progress) {
        var before = find(folder, recipe).map(choice -> planner.as(choice.passes(planner)));
        var taken = before.filter(plan -> begun || plan.fits());
        if (before.isPresent() && taken.isEmpty()) {
            progress.say(noLongerFits(before.get()));
        }
        var plan = taken.orElseGet(planner::fitting);
        if (!plan.fits()) {
            throw SartorException.missing(
                    taken.isPresent() ? mustGoOn(folder, plan) : tooLarge(planner, plan));
        }
        if (taken.isEmpty()) {
            write(folder, recipe, plan);
            said(planner, plan).ifPresent(progress::say);
        }
        return plan.passes();
    }

    private static String noLongerFits(MemoryPlan plan) {
        return String.format(
                Locale.ROOT,
                "The passes that were chosen before need %d MiB and the process may hold %d: others are taken, and the result may differ in its last bits.",
                plan.neededMib(),
                plan.allowedMib().orElse(0));
    }

    private TuneSettings.Passes passes(MemoryPlanner<?> planner) {
        var asked = planner.settings().passes();
        return new TuneSettings.Passes(
                tokensAtOnce, keepInputsOnly, asked.divides(), asked.recomputes());
    }

    /// Whose passes are noted in a training's folder; empty where none are.
    public static Optional<String> recipe(Path folder) {
        return read(folder).map(MemoryChoice::recipe);
    }

    private static Optional<MemoryChoice> find(Path folder, String recipe) {
        return read(folder).filter(choice -> choice.recipe().equals(recipe));
    }

    private static Optional<MemoryChoice> read(Path folder) {
        var file = folder.resolve(NAME);
        return Files.isRegularFile(file)
                ? Optional.of(Json.mapper().treeToValue(Json.read(file), MemoryChoice.class))
                : Optional.empty();
    }

    private static void write(Path folder, String recipe, MemoryPlan plan) {
        var choice =
                new MemoryChoice(
                        recipe,
                        plan.passes().microBatchTokens(),
                        plan.passes().gradientCheckpointing(),
                        plan.neededMib(),
                        plan.allowedMib().orElse(0),
                        plan.tokens(),
                        plan.need());
        AtomicFile.write(folder.resolve(NAME), Json.pretty(choice));
    }

    /// Where the passes are not those that were set.
    private static Optional<String> said(MemoryPlanner<?> planner, MemoryPlan plan) {
        var asked = planner.settings().passes();
        if (asked.equals(plan.passes())) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "As set, the training would need %d MiB and the process may hold %d: %s, which needs %d. The result is the same but for its last bits.",
                        planner.asSet().neededMib(),
                        plan.allowedMib().orElse(0),
                        how(asked, plan.passes()),
                        plan.neededMib()));
    }

    private static String how(TuneSettings.Passes asked, TuneSettings.Passes chosen) {
        boolean again = chosen.gradientCheckpointing() && !asked.gradientCheckpointing();
        var text =
                again
                        ? "blocks are computed again on the way back (gradient_checkpointing: true)"
                        : "";
        if (chosen.microBatchTokens() == asked.microBatchTokens()) {
            return text;
        }
        return text
                + (again ? " and " : "")
                + "steps are computed in passes of at most "
                + chosen.microBatchTokens()
                + " tokens (micro_batch_tokens)";
    }

    private static String tooLarge(MemoryPlanner<?> planner, MemoryPlan plan) {
        return String.format(
                Locale.ROOT,
                "the training needs %d MiB and the process may hold %d: %s",
                plan.neededMib(),
                plan.allowedMib().orElse(0),
                planner.advice()
                        .map(setting -> "set " + setting + ", or free some memory.")
                        .orElse("free some memory, or choose a smaller model."));
    }

    private static String mustGoOn(Path folder, MemoryPlan plan) {
        return String.format(
                Locale.ROOT,
                "the training in %s goes on in the passes that it began with, which need %d MiB, and the process may hold %d: free some memory, or remove the folder to start again in smaller passes.",
                folder,
                plan.neededMib(),
                plan.allowedMib().orElse(0));
    }
}
