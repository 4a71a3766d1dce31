package dev.sartor.tune;

/// What a model can do beside the task that it is tuned for.
///
/// @param accuracy of general multiple-choice questions, 0 to 1
/// @param perplexity of general text; 0 where it is not measured
public record Ability(double accuracy, double perplexity) {}
