package dev.sartor.core;

import java.util.List;

/// Turns texts into vectors whose inner product says how alike the texts are. Safe for concurrent callers.
public interface Embedder extends AutoCloseable {
    /// Which model, and how it pools: vectors of different names are not comparable.
    String name();

    int dimension();

    /// One vector of unit length per text, in their order. Texts longer than {@link #maxTokens()} are cut there.
    List<float[]> embed(List<String> texts);

    /// The same for texts that ask for others: models that tell the two apart see a prompt of their own in front.
    default List<float[]> embedQueries(List<String> texts) {
        return embed(texts);
    }

    /// The longest text that is seen whole, counted as {@link #countTokens} counts.
    int maxTokens();

    /// How many tokens the text has, without special tokens.
    int countTokens(String text);

    @Override
    void close();
}
