package dev.sartor.core;

import java.util.List;

/// Finds names of persons, places, organisations and the like in a text (named entity recognition). Safe for concurrent callers.
public interface EntityRecogniser extends AutoCloseable {
    /// A name in a text, as a model marks it.
    ///
    /// @param label the model's, such as `PER`
    /// @param start the index of its first char
    /// @param end the index after its last char
    /// @param probability 0 to 1
    record NamedEntity(String label, int start, int end, double probability) {}

    /// The labels that it gives, such as `PER`.
    List<String> labels();

    /// In the text's order, none overlapping another.
    List<NamedEntity> entities(String text);

    @Override
    void close();
}
