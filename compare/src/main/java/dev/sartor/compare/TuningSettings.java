package dev.sartor.compare;

import dev.sartor.core.SartorException;
import dev.sartor.core.Sha256;
import dev.sartor.tune.TooLong;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import java.io.IOException;
import java.nio.file.Path;
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
                                "The longest training example, in the model's tokens; too_long says what becomes of"
                                        + " longer ones. Memory grows with it.",
                        fallback = "1024",
                        example = "1024",
                        least = 8,
                        most = 131072,
                        advice = "512 suits short messages.")
                int maxTokens,
        @Setting(
                        means =
                                "What is done with longer training examples: 'drop' leaves them out and counts them;"
                                        + " 'split' makes several of each, cut from its end on, so that the answer's end"
                                        + " stays whole. Refused where there are some and it is not given.",
                        example = "drop")
                Optional<TooLong> tooLong,
        @Setting(
                        means =
                                "Steps between measurements on validation, besides the one after each epoch. 0 for that"
                                        + " one alone; more cost time and find the best state more exactly.",
                        fallback = "0",
                        example = "50",
                        least = 0,
                        advice = "0 suits a few hundred examples.")
                int checkEvery,
        @Setting(
                        means =
                                "Ends the training after so many measurements without a better score; 0 goes on to the"
                                        + " last epoch.",
                        fallback = "0",
                        example = "3",
                        least = 0,
                        advice = "3 is usual.")
                int patience,
        @Setting(
                        means =
                                "How much of its general ability the model may lose (docs/guide-tuning.md says what is"
                                        + " compared). A state that lost more is never kept, and two in a row end the"
                                        + " training. 1 does not watch it.",
                        fallback = "0.05",
                        example = "0.05",
                        least = 0,
                        most = 1,
                        advice = "0.05 is usual.")
                double mostForgotten,
        @Setting(
                        means =
                                "Questions of your own that general ability is measured on: JSONL with query, choices and"
                                        + " gold (the right choice's number, from 0). Sartor's own hundred where it is"
                                        + " not given.",
                        example = "probe.jsonl")
                Optional<Path> probe,
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

    /// When the training is measured and ended.
    TuneWatch watch() {
        return new TuneWatch(checkEvery, patience, TuneWatch.usual().saveEvery(), mostForgotten);
    }

    /// The same, with the probe named by what it holds: where it lies does not matter.
    TuningSettings byContent() {
        return new TuningSettings(
                rank,
                alpha,
                learningRate,
                epochs,
                batch,
                warmup,
                weightDecay,
                maxNorm,
                maxTokens,
                tooLong,
                checkEvery,
                patience,
                mostForgotten,
                probe.map(TuningSettings::digest),
                seed);
    }

    private static Path digest(Path file) {
        try {
            return Path.of(Sha256.of(file));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
