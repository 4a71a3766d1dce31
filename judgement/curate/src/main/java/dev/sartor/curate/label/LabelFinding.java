package dev.sartor.curate.label;

/// What is said of one row's label.
///
/// @param given the label that the row has
/// @param likeliest the label that it likeliest should have; the given one where it is left out
/// @param score 0 to 1: the lower, the likelier the given label is wrong; 1 where it is left out
/// @param suspected whether the given label is taken to be wrong
public record LabelFinding(int given, int likeliest, double score, boolean suspected) {}
