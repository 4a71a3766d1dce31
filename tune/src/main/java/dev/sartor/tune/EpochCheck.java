package dev.sartor.tune;

import dev.sartor.core.Score;
import dev.sartor.model.LoraAdapter;

/// Measures the model with the adapter on, by the task's metric on the validation split. Called after each epoch, on
/// the trainer's own thread.
@FunctionalInterface
public interface EpochCheck {
    Score score(LoraAdapter adapter);
}
