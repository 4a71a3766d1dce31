package dev.sartor.retrieve;

/// A passage found.
///
/// @param document Lucene's number of it
/// @param score higher is better
record Hit(int document, double score) {}
