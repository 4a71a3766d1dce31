package dev.sartor.core;

/// A name in a text, as a model marks it.
///
/// @param label the model's, such as `PER`
/// @param start the index of its first char
/// @param end the index after its last char
/// @param probability 0 to 1
public record NamedEntity(String label, int start, int end, double probability) {}
