package dev.sartor.project.setting;

import dev.sartor.model.file.Networks;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;

/// A section `tune` as the tuning room takes it.
final class TuningRecipe {
    private TuningRecipe() {}

    /// @param kind the model's
    /// @param projectSeed where the settings have none of their own
    static TuneSettings of(TuningSettings asked, Networks.Kind kind, long projectSeed) {
        var steps = asked.steps();
        boolean decays = steps.schedule() == TuneSchedule.Shape.WARMUP_STABLE_DECAY;
        return new TuneSettings(
                method(asked, kind),
                new TuneSchedule(
                        steps.schedule(),
                        steps.learningRate().orElseGet(() -> usualRate(asked, kind)),
                        steps.warmup(),
                        decays ? steps.decay() : 0),
                steps.epochs(),
                steps.batch(),
                passes(steps),
                steps.optimiser(),
                steps.weightDecay(),
                steps.maxGradNorm(),
                asked.rows().maxTokens(),
                asked.seed().orElse(projectSeed),
                asked.privacy().map(PrivacySettings::recipe));
    }

    private static TuneMethod method(TuningSettings asked, Networks.Kind kind) {
        if (asked.isFull(kind)) {
            return new TuneMethod.Full(asked.parts());
        }
        var lora = asked.lora();
        var where =
                new TuneMethod.Where(
                        lora.targetModules(), lora.layersToTransform(), lora.modulesToSave());
        return new TuneMethod.Lora(lora.rank(), lora.alpha(), lora.rslora(), lora.dora(), where);
    }

    private static TuneSettings.Passes passes(TuningSettings.Steps steps) {
        return new TuneSettings.Passes(
                steps.microBatchTokens().orElse(TuneSettings.Passes.USUAL_TOKENS),
                steps.gradientCheckpointing().orElse(false),
                steps.microBatchTokens().isEmpty(),
                steps.gradientCheckpointing().isEmpty());
    }

    private static double usualRate(TuningSettings asked, Networks.Kind kind) {
        if (!asked.isFull(kind)) {
            return 1e-3;
        }
        return kind == Networks.Kind.ENCODER_DECODER ? 3e-4 : 5e-5;
    }
}
