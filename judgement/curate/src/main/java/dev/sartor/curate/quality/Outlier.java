package dev.sartor.curate.quality;

/// A row that is unlike the others.
///
/// @param row from 0
/// @param finding its robust z-score, the limit, and what is unlike
public record Outlier(int row, Finding finding) {}
