package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.MatchKind;

/// A test row that also stands in another set. Rows are numbered from 0, each set by itself.
///
/// @param other the row in the other set
/// @param score 1 where the texts are the same (but for case, space and punctuation); the share of the test row's thirteen-grams
///     that the other row has; how alike the texts are; the cosine of their vectors
public record Leak(int test, int other, MatchKind kind, double score) {}
