package dev.sartor.tune;

import dev.sartor.core.Score;
import dev.sartor.model.LoraAdapter;
import java.util.Optional;

/// Measures the model as it is now by the task's metric on the validation split. Called on the trainer's own thread.
@FunctionalInterface
public interface TrainingCheck {
    /// @param adapter on which the training works; empty where the network itself is trained
    Score score(Optional<LoraAdapter> adapter);
}
