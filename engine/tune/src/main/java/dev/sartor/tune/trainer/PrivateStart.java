package dev.sartor.tune.trainer;

import dev.sartor.core.SartorException;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.checkpoint.Checkpoints;
import dev.sartor.tune.privacy.NoiseKey;
import dev.sartor.tune.privacy.PrivateSteps;
import dev.sartor.tune.privacy.RdpAccountant;
import dev.sartor.tune.rank.Ranks;
import dev.sartor.tune.trainer.TrainingRecipe.Learned;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// How a private training begins, or goes on; and what is trained without privacy or not at all.
final class PrivateStart {
    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateStart() {}

    /// Empty where nothing is promised of the rows.
    ///
    /// @throws SartorException a user's error where an example became several rows
    static Optional<PrivateSteps> of(TuneSettings settings, TrainingSet<?> set, Path folder) {
        if (settings.privacy().isPresent() && set.split() > 0) {
            throw SartorException.user(
                    "tune.too_long must be drop with tune.privacy, got split: "
                            + set.split()
                            + " training examples would become several rows each, and the promise is one of a row. Take"
                            + " drop, or raise tune.max_tokens.");
        }
        int rows = set.rows().size();
        return RdpAccountant.ledger(settings, rows)
                .map(ledger ->
                        new PrivateSteps(
                                ledger,
                                ledger.samplingRate() * rows,
                                NoiseKey.of(
                                        Checkpoints.folder(folder),
                                        Checkpoints.areThere(folder),
                                        RANDOM)));
    }

    /// @throws SartorException a user's error where a row's loss depends on other rows, or chance that is not the key's
    static void refuseUnlessCovered(TuneSettings settings, Learned learned) {
        boolean covered =
                switch (learned) {
                    case CAUSAL_LM, SEQ2SEQ, CLASSIFICATION -> true;
                    case DPO, CROSS_ENCODER, MASKED_LM, CONTRASTIVE -> false;
                };
        if (settings.privacy().isPresent() && !covered) {
            throw SartorException.user(
                    "tune.privacy must be left out where the objective is "
                            + learned.text()
                            + ", got a section: rows are private where a task's answers or labels are learned. Leave it"
                            + " out, or train a task.");
        }
    }

    static void refuseRanks(TuneSettings settings, Ranks ranks) {
        if (settings.privacy().isPresent() && !ranks.areNone()) {
            throw SartorException.user(
                    "--ranks must be 1 with tune.privacy, got "
                            + ranks.count()
                            + ": leave it out, as the noise of a step is one process's.");
        }
    }
}
