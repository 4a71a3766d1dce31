package dev.sartor.core;

import java.util.List;

/// Finds names of persons, places, organisations and the like in a text (named entity recognition). Safe for concurrent callers.
public interface EntityRecogniser extends AutoCloseable {
    /// The labels that it gives, such as `PER`.
    List<String> labels();

    /// In the text's order, none overlapping another.
    List<NamedEntity> entities(String text);

    @Override
    void close();
}
