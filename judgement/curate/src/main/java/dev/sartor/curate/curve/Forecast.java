package dev.sartor.curate.curve;

/// What is expected of more rows.
///
/// @param rows how many in all
/// @param score expected, 0 to 1
/// @param low of the 95 % interval of what will be measured
/// @param high of it
public record Forecast(int rows, double score, double low, double high) {}
