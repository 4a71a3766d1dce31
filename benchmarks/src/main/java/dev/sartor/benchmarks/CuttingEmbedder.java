package dev.sartor.benchmarks;

import dev.sartor.core.Embedder;
import java.util.List;

/// An embedder that takes longer texts than it reads to their ends, as benchmarks of whole documents do.
record CuttingEmbedder(Embedder inner, int maxTokens) implements Embedder {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public int dimension() {
        return inner.dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return inner.embed(texts);
    }

    @Override
    public List<float[]> embedQueries(List<String> texts) {
        return inner.embedQueries(texts);
    }

    @Override
    public int countTokens(String text) {
        return inner.countTokens(text);
    }

    @Override
    public void close() {
        inner.close();
    }
}
