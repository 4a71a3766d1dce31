package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Optional;

/// An embedder that is opened at the first use, and once.
final class LazyEmbedder implements Embedder {
    private final Embedding embedding;
    private Optional<Embedder> opened = Optional.empty();

    LazyEmbedder(Embedding embedding) {
        this.embedding = embedding;
    }

    private synchronized Embedder open() {
        var embedder = opened.orElseGet(embedding.opening());
        opened = Optional.of(embedder);
        return embedder;
    }

    @Override
    public String name() {
        return embedding.name();
    }

    @Override
    public int dimension() {
        return open().dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return open().embed(texts);
    }

    @Override
    public List<float[]> embedQueries(List<String> texts) {
        return open().embedQueries(texts);
    }

    @Override
    public int maxTokens() {
        return open().maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return open().countTokens(text);
    }

    @Override
    public synchronized void close() {
        opened.ifPresent(Embedder::close);
        opened = Optional.empty();
    }
}
