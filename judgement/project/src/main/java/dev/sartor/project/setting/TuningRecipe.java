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
        boolean decays = asked.schedule() == TuneSchedule.Shape.WARMUP_STABLE_DECAY;
        return new TuneSettings(
                method(asked, kind),
                new TuneSchedule(
                        asked.schedule(),
                        asked.learningRate().orElseGet(() -> usualRate(asked, kind)),
                        asked.warmup(),
                        decays ? asked.decay() : 0),
                asked.epochs(),
                asked.batch(),
                passes(asked),
                asked.optimiser(),
                asked.weightDecay(),
                asked.maxGradNorm(),
                asked.maxTokens(),
                asked.seed().orElse(projectSeed));
    }

    private static TuneMethod method(TuningSettings asked, Networks.Kind kind) {
        if (asked.isFull(kind)) {
            return new TuneMethod.Full(asked.parts());
        }
        var where =
                new TuneMethod.Where(
                        asked.targetModules(), asked.layersToTransform(), asked.modulesToSave());
        return new TuneMethod.Lora(
                asked.rank(), asked.alpha(), asked.rslora(), asked.dora(), where);
    }

    private static TuneSettings.Passes passes(TuningSettings asked) {
        return new TuneSettings.Passes(
                asked.microBatchTokens().orElse(TuneSettings.Passes.USUAL_TOKENS),
                asked.gradientCheckpointing().orElse(false),
                asked.microBatchTokens().isEmpty(),
                asked.gradientCheckpointing().isEmpty());
    }

    private static double usualRate(TuningSettings asked, Networks.Kind kind) {
        if (!asked.isFull(kind)) {
            return 1e-3;
        }
        return kind == Networks.Kind.ENCODER_DECODER ? 3e-4 : 5e-5;
    }
}
