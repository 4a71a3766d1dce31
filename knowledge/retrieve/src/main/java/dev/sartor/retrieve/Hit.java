package dev.sartor.retrieve;

import java.util.Comparator;

/// A passage found.
///
/// @param document Lucene's number of it
/// @param score higher is better
public record Hit(int document, double score) {
    /// Equal scores by number.
    public static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::document);
}
