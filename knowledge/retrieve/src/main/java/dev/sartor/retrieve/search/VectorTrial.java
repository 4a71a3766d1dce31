package dev.sartor.retrieve.search;

/// What a form of vectors costs and finds.
///
/// @param recall of the ten nearest passages of each question, the share that the graph found, the vectors in 32 bits
///     deciding among what it looked at
/// @param milliseconds of a search by the graph, the median
/// @param bytes on disk of vectors and graph
/// @param readBytes of them, what the graph reads while it looks for the nearest
public record VectorTrial(
        VectorForm form, double recall, double milliseconds, long bytes, long readBytes) {}
