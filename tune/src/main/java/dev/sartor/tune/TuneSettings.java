package dev.sartor.tune;

import dev.sartor.core.Problems;

/// How a model is tuned with LoRA on every linear layer but the head (Hu et al. 2021), by AdamW with a warm-up and a
/// cosine schedule.
///
/// @param rank columns of each low-rank pair; more can learn more and costs more
/// @param alpha what B·A is scaled by, divided by the rank
/// @param learningRate the schedule's peak
/// @param batch examples in each step
/// @param warmup the share of all steps in which the rate rises from 0 to its peak
/// @param maxNorm gradients longer than this are shortened to it
/// @param maxTokens rows with more tokens are dropped and counted, or refused when none is left
public record TuneSettings(
        int rank,
        double alpha,
        double learningRate,
        int epochs,
        int batch,
        double warmup,
        double weightDecay,
        double maxNorm,
        int maxTokens,
        long seed) {
    public TuneSettings {
        Problems.refuseUnless(
                rank >= 1 && rank <= 2048, "tune.rank", "1 to 2048", rank, "16 suits most tasks");
        Problems.refuseUnless(
                alpha > 0,
                "tune.alpha",
                "more than 0",
                alpha,
                "twice the rank is the usual choice");
        Problems.refuseUnless(
                learningRate > 0 && learningRate < 1,
                "tune.learning_rate",
                "more than 0 and less than 1",
                learningRate,
                "1e-3 suits small models, 2e-4 large ones");
        Problems.refuseUnless(
                epochs >= 1, "tune.epochs", "at least 1", epochs, "3 suits a few hundred examples");
        Problems.refuseUnless(
                batch >= 1, "tune.batch", "at least 1", batch, "16 suits a few hundred examples");
        Problems.refuseUnless(
                warmup >= 0 && warmup < 1,
                "tune.warmup",
                "0 to 1",
                warmup,
                "0.1 is the usual choice");
        Problems.refuseUnless(
                weightDecay >= 0,
                "tune.weight_decay",
                "at least 0",
                weightDecay,
                "0 suits adapters");
        Problems.refuseUnless(
                maxNorm > 0, "tune.max_norm", "more than 0", maxNorm, "1 is the usual choice");
        Problems.refuseUnless(
                maxTokens >= 2,
                "tune.max_tokens",
                "at least 2",
                maxTokens,
                "512 suits short texts");
    }

    public static TuneSettings usual() {
        return new TuneSettings(16, 32, 1e-3, 3, 16, 0.1, 0, 1, 1024, 0);
    }

    public TuneSettings withEpochs(int changed) {
        return new TuneSettings(
                rank,
                alpha,
                learningRate,
                changed,
                batch,
                warmup,
                weightDecay,
                maxNorm,
                maxTokens,
                seed);
    }

    public TuneSettings withBatch(int changed) {
        return new TuneSettings(
                rank,
                alpha,
                learningRate,
                epochs,
                changed,
                warmup,
                weightDecay,
                maxNorm,
                maxTokens,
                seed);
    }

    public TuneSettings withLearningRate(double changed) {
        return new TuneSettings(
                rank, alpha, changed, epochs, batch, warmup, weightDecay, maxNorm, maxTokens, seed);
    }

    public TuneSettings withSeed(long changed) {
        return new TuneSettings(
                rank,
                alpha,
                learningRate,
                epochs,
                batch,
                warmup,
                weightDecay,
                maxNorm,
                maxTokens,
                changed);
    }

    /// What B·A is multiplied by.
    double scale() {
        return alpha / rank;
    }
}
