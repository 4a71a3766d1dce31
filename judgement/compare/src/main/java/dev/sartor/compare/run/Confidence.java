package dev.sartor.compare.run;

/// How probable a candidate takes its label to be.
///
/// @param calibrated on validation, 0 to 1
/// @param uncalibrated as the label scores say, 0 to 1
public record Confidence(double calibrated, double uncalibrated) {}
