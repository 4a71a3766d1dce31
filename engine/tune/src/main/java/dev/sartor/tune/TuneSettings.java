package dev.sartor.tune;

import dev.sartor.core.Problems;
import dev.sartor.model.network.RecordedPass;
import java.util.Optional;

/// How a model is tuned.
///
/// @param batch examples in each step
/// @param passes how a step's rows are computed
/// @param weightDecay of matrices; norms, biases and magnitudes have none
/// @param maxGradNorm gradients longer than this are shortened to it
///     None are in a private training, where each row's is clipped
/// @param maxTokens rows with more tokens are dropped and counted, or refused when none is left
/// @param privacy what of its rows the training promises to hide; empty for nothing
public record TuneSettings(
        TuneMethod method,
        TuneSchedule schedule,
        int epochs,
        int batch,
        Passes passes,
        TuneOptimiser optimiser,
        double weightDecay,
        double maxGradNorm,
        int maxTokens,
        long seed,
        Optional<TunePrivacy> privacy) {
    /// How the rows of a step are computed. The gradients are the same either way, but for their last bits.
    ///
    /// @param microBatchTokens the most tokens of one pass: a step with more is computed in several, whose gradients add up to
    ///     exactly its own; less needs less memory
    /// @param gradientCheckpointing whether of a pass only each block's input is kept for the way back, and the rest computed
    ///     again: a third more work, a fraction of the memory
    /// @param divides whether fewer tokens may be taken where memory is short
    /// @param recomputes whether more may be computed again where memory is short
    public record Passes(
            int microBatchTokens,
            boolean gradientCheckpointing,
            boolean divides,
            boolean recomputes) {
        /// Tokens where nobody chose.
        public static final int USUAL_TOKENS = 16384;

        public Passes {
            Problems.refuseUnless(
                    microBatchTokens >= 1,
                    "tune.micro_batch_tokens",
                    "at least 1",
                    microBatchTokens,
                    "4096 suits most machines");
        }

        public static Passes usual() {
            return new Passes(USUAL_TOKENS, false, true, true);
        }

        RecordedPass.Kept kept() {
            return gradientCheckpointing ? RecordedPass.Kept.INPUTS : RecordedPass.Kept.EVERYTHING;
        }

        public Passes withTokens(int changed) {
            return new Passes(changed, gradientCheckpointing, divides, recomputes);
        }

        public Passes withGradientCheckpointing() {
            return new Passes(microBatchTokens, true, divides, recomputes);
        }
    }

    public TuneSettings {
        Problems.refuseUnless(
                epochs >= 1, "tune.epochs", "at least 1", epochs, "3 suits a few hundred examples");
        Problems.refuseUnless(
                batch >= 1, "tune.batch", "at least 1", batch, "16 suits a few hundred examples");
        Problems.refuseUnless(
                weightDecay >= 0,
                "tune.weight_decay",
                "at least 0",
                weightDecay,
                "0 suits adapters, 0.01 whole models");
        Problems.refuseUnless(
                maxGradNorm > 0,
                "tune.max_grad_norm",
                "more than 0",
                maxGradNorm,
                "1 is the usual choice");
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
                Passes.usual(),
                TuneOptimiser.ADAMW,
                0,
                1,
                1024,
                0,
                Optional.empty());
    }

    /// In a private training each row has a pass of its own.
    public int microBatchTokens() {
        return privacy.isPresent() ? 1 : passes.microBatchTokens();
    }

    /// Bytes beside the gradient for each trained parameter: the optimiser's state and, in a private training, the sum of rows.
    public double stateBytes() {
        return optimiser.bytes() + (privacy.isPresent() ? Float.BYTES : 0);
    }

    public TuneSettings withPrivacy(TunePrivacy changed) {
        return new TuneSettings(
                method,
                schedule,
                epochs,
                batch,
                passes,
                optimiser,
                weightDecay,
                maxGradNorm,
                maxTokens,
                seed,
                Optional.of(changed));
    }

    public TuneSettings with(TuneMethod changed) {
        return copy(changed, schedule, epochs, batch, passes, seed);
    }

    public TuneSettings with(TuneSchedule changed) {
        return copy(method, changed, epochs, batch, passes, seed);
    }

    public TuneSettings with(Passes changed) {
        return copy(method, schedule, epochs, batch, changed, seed);
    }

    public TuneSettings withEpochs(int changed) {
        return copy(method, schedule, changed, batch, passes, seed);
    }

    public TuneSettings withBatch(int changed) {
        return copy(method, schedule, epochs, changed, passes, seed);
    }

    public TuneSettings withMicroBatchTokens(int changed) {
        return with(
                new Passes(changed, passes.gradientCheckpointing(), false, passes.recomputes()));
    }

    public TuneSettings withGradientCheckpointing(boolean changed) {
        return with(new Passes(passes.microBatchTokens(), changed, passes.divides(), false));
    }

    public TuneSettings withLearningRate(double changed) {
        return with(schedule.withLearningRate(changed));
    }

    public TuneSettings withSeed(long changed) {
        return copy(method, schedule, epochs, batch, passes, changed);
    }

    private TuneSettings copy(
            TuneMethod newMethod,
            TuneSchedule newSchedule,
            int newEpochs,
            int newBatch,
            Passes newPasses,
            long newSeed) {
        return new TuneSettings(
                newMethod,
                newSchedule,
                newEpochs,
                newBatch,
                newPasses,
                optimiser,
                weightDecay,
                maxGradNorm,
                maxTokens,
                newSeed,
                privacy);
    }

    public TuneSettings withWeightDecay(double changed) {
        return with(optimiser, changed);
    }

    public TuneSettings with(TuneOptimiser changed) {
        return with(changed, weightDecay);
    }

    private TuneSettings with(TuneOptimiser newOptimiser, double newWeightDecay) {
        return new TuneSettings(
                method,
                schedule,
                epochs,
                batch,
                passes,
                newOptimiser,
                newWeightDecay,
                maxGradNorm,
                maxTokens,
                seed,
                privacy);
    }

    public RecordedPass.Kept kept() {
        return passes.kept();
    }
}
