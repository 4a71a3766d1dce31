package dev.sartor.core;

/// Measures a responder on the validation split by the task's metric. Training calls it after each epoch.
@FunctionalInterface
public interface Validation {
    Score score(Responder responder);
}
