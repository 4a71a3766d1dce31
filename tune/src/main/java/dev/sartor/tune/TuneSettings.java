package dev.sartor.tune;

import dev.sartor.core.Problems;

/// How a model is tuned, by AdamW.
///
/// @param batch examples in each step
/// @param tokensAtOnce the most tokens of one pass: a step with more is computed in several, whose gradients add up to
///     exactly its own; less needs less memory
/// @param keepInputsOnly whether of a pass only each block's input is kept for the way back, and the rest computed
///     again: a third more work, a fraction of the memory
/// @param weightDecay of matrices; norms, biases and magnitudes have none
/// @param maxNorm gradients longer than this are shortened to it
/// @param maxTokens rows with more tokens are dropped and counted, or refused when none is left
public record TuneSettings(
        TuneMethod method,
        TuneSchedule schedule,
        int epochs,
        int batch,
        int tokensAtOnce,
        boolean keepInputsOnly,
        double weightDecay,
        double maxNorm,
        int maxTokens,
        long seed) {
    public TuneSettings {
        Problems.refuseUnless(
                epochs >= 1, "tune.epochs", "at least 1", epochs, "3 suits a few hundred examples");
        Problems.refuseUnless(
                batch >= 1, "tune.batch", "at least 1", batch, "16 suits a few hundred examples");
        Problems.refuseUnless(
                tokensAtOnce >= 1,
                "tune.tokens_at_once",
                "at least 1",
                tokensAtOnce,
                "4096 suits most machines");
        Problems.refuseUnless(
                weightDecay >= 0,
                "tune.weight_decay",
                "at least 0",
                weightDecay,
                "0 suits adapters, 0.01 whole models");
        Problems.refuseUnless(
                maxNorm > 0, "tune.max_norm", "more than 0", maxNorm, "1 is the usual choice");
        Problems.refuseUnless(
                maxTokens >= 2,
                "tune.max_tokens",
                "at least 2",
                maxTokens,
                "512 suits short texts");
    }

    /// LoRA of rank 16 on every linear layer but the head.
    public static TuneSettings usual() {
        return new TuneSettings(
                TuneMethod.Lora.of(16, 32),
                TuneSchedule.cosine(1e-3, 0.1),
                3,
                16,
                16384,
                false,
                0,
                1,
                1024,
                0);
    }

    public TuneSettings with(TuneMethod changed) {
        return copy(changed, schedule, epochs, batch, tokensAtOnce, seed);
    }

    public TuneSettings with(TuneSchedule changed) {
        return copy(method, changed, epochs, batch, tokensAtOnce, seed);
    }

    public TuneSettings withEpochs(int changed) {
        return copy(method, schedule, changed, batch, tokensAtOnce, seed);
    }

    public TuneSettings withBatch(int changed) {
        return copy(method, schedule, epochs, changed, tokensAtOnce, seed);
    }

    public TuneSettings withTokensAtOnce(int changed) {
        return copy(method, schedule, epochs, batch, changed, seed);
    }

    public TuneSettings withLearningRate(double changed) {
        return with(schedule.withLearningRate(changed));
    }

    public TuneSettings withSeed(long changed) {
        return copy(method, schedule, epochs, batch, tokensAtOnce, changed);
    }

    private TuneSettings copy(
            TuneMethod newMethod,
            TuneSchedule newSchedule,
            int newEpochs,
            int newBatch,
            int newTokensAtOnce,
            long newSeed) {
        return new TuneSettings(
                newMethod,
                newSchedule,
                newEpochs,
                newBatch,
                newTokensAtOnce,
                keepInputsOnly,
                weightDecay,
                maxNorm,
                maxTokens,
                newSeed);
    }

    public TuneSettings keepingInputsOnly(boolean changed) {
        return new TuneSettings(
                method,
                schedule,
                epochs,
                batch,
                tokensAtOnce,
                changed,
                weightDecay,
                maxNorm,
                maxTokens,
                seed);
    }

    public TuneSettings withWeightDecay(double changed) {
        return new TuneSettings(
                method,
                schedule,
                epochs,
                batch,
                tokensAtOnce,
                keepInputsOnly,
                changed,
                maxNorm,
                maxTokens,
                seed);
    }

    dev.sartor.model.RecordedPass.Kept kept() {
        return keepInputsOnly
                ? dev.sartor.model.RecordedPass.Kept.INPUTS
                : dev.sartor.model.RecordedPass.Kept.EVERYTHING;
    }
}
