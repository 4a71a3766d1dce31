package dev.sartor.curate.duplicate;

import dev.sartor.curate.similarity.MatchKind;

/// A row that may go, since an earlier one says the same. Rows are numbered from 0.
///
/// @param kept the earliest row of its cluster
/// @param nearest the row that it was found most alike to, of those that it was compared with; often the kept one
/// @param score how alike it is to the nearest, above 0 and at most 1
public record Duplicate(int row, int kept, int nearest, MatchKind kind, double score) {}
