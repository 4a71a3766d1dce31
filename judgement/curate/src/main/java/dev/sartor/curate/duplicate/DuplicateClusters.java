package dev.sartor.curate.duplicate;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// Rows in clusters: two rows are in one where a chain of rows joins them, each alike to the next.
///
/// @param duplicates all rows but the earliest of each cluster, in their order
/// @param earliest from any row to the earliest row of its cluster; itself where it is alone
/// @param comparisons how many pairs of texts were compared
public record DuplicateClusters(
        List<Duplicate> duplicates, IntUnaryOperator earliest, long comparisons) {
    public DuplicateClusters {
        duplicates = List.copyOf(duplicates);
    }
}
