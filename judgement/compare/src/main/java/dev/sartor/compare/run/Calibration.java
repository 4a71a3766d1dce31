package dev.sartor.compare.run;

/// What makes probabilities of a candidate's label scores, by its answers to the validation examples.
///
/// @param temperature the scores are divided by it before the softmax
/// @param rows how many answers it was found by
public record Calibration(double temperature, int rows) {}
