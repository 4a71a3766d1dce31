package dev.sartor.core;

/// Measures a responder on the validation split by the task's metric. Training calls it after each epoch.
@FunctionalInterface
public interface Validation {
    Score score(Responder responder);

    /// How many examples are answered; 0 where it is not known.
    default int examples() {
        return 0;
    }
}
