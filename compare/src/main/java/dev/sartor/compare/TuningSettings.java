package dev.sartor.compare;

import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;
import java.util.Optional;

/// How an adapter is trained.
public record TuningSettings(
        @Setting(
                        means =
                                "The width of the adapter. Larger ones can learn more, take more memory and forget"
                                        + " more of what the model knew.",
                        fallback = "16",
                        example = "16",
                        least = 1,
                        most = 2048,
                        advice = "16 suits most tasks.")
                int rank,
        @Setting(
                        means =
                                "How strongly the adapter counts: its weights are scaled by alpha / rank. Twice the"
                                        + " rank is the usual choice.",
                        fallback = "32",
                        example = "32",
                        least = 0,
                        above = true,
                        advice = "Twice the rank is the usual choice.")
                double alpha,
        @Setting(
                        means =
                                "The size of a step at its highest, after the warm-up. Too large and the loss jumps;"
                                        + " too small and nothing is learned in the epochs given.",
                        fallback = "1e-3",
                        example = "1e-3",
                        least = 0,
                        most = 0.99,
                        above = true,
                        advice = "2e-4 to 2e-3 suit adapters; larger models want smaller steps.")
                double learningRate,
        @Setting(
                        means =
                                "How often every training example is seen. The epoch that scores best on validation is"
                                        + " kept, so too many cost time only.",
                        fallback = "3",
                        example = "3",
                        least = 1,
                        most = 1000,
                        advice = "3 to 6 suit a few hundred examples.")
                int epochs,
        @Setting(
                        means =
                                "How many examples make one step. Larger batches are smoother and need more memory.",
                        fallback = "16",
                        example = "16",
                        least = 1,
                        most = 4096,
                        advice = "8 to 32 suit a few hundred examples.")
                int batch,
        @Setting(
                        means =
                                "The share of the steps in which the learning rate climbs from zero.",
                        fallback = "0.1",
                        example = "0.1",
                        least = 0,
                        most = 0.99,
                        advice = "0.03 to 0.1 is usual.")
                double warmup,
        @Setting(
                        means =
                                "How strongly weights are pulled to zero (AdamW), against overfitting.",
                        fallback = "0",
                        example = "0.01",
                        least = 0,
                        most = 1,
                        advice = "0 to 0.1 is usual.")
                double weightDecay,
        @Setting(
                        means =
                                "Gradients longer than this are shortened to it, so that one odd batch does not throw"
                                        + " the training off.",
                        fallback = "1",
                        example = "1",
                        least = 0,
                        above = true,
                        advice = "1 is usual.")
                double maxNorm,
        @Setting(
                        means =
                                "The longest training example, in the model's tokens. Longer ones are left out and"
                                        + " counted, never cut. Memory grows with it.",
                        fallback = "1024",
                        example = "1024",
                        least = 8,
                        most = 131072,
                        advice = "512 suits short messages.")
                int maxTokens,
        @Setting(
                        means = "The training's own seed; the project's where it is not given.",
                        example = "7",
                        least = 0)
                Optional<Long> seed) {
    /// As the tuning room takes them.
    TuneSettings recipe(long projectSeed) {
        return new TuneSettings(
                TuneMethod.Lora.of(rank, alpha),
                TuneSchedule.cosine(learningRate, warmup),
                epochs,
                batch,
                TuneSettings.usual().tokensAtOnce(),
                false,
                weightDecay,
                maxNorm,
                maxTokens,
                seed.orElse(projectSeed));
    }
}
