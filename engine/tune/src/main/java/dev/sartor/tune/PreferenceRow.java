package dev.sartor.tune;

/// Two answers to one prompt, of which one is better. What is learned of each is the answer.
public record PreferenceRow(TrainingRow chosen, TrainingRow rejected) {}
