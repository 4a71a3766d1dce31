package dev.sartor.core;

import java.util.List;

/// Judges how well passages answer a question by reading the two together: slower than a search, and sees more. Safe for
/// concurrent callers.
public interface Reranker extends AutoCloseable {
    String name();

    /// A score of each passage, in their order: higher is better, comparable within one question only.
    List<Double> scores(String question, List<String> passages);

    @Override
    void close();
}
