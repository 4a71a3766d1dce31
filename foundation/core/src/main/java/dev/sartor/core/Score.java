package dev.sartor.core;

/// A measured number with its 95 % interval.
///
/// @param metric such as `accuracy`
/// @param count how many examples it was measured on
public record Score(String metric, double value, double low, double high, int count) {}
