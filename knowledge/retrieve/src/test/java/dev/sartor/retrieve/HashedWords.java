package dev.sartor.retrieve;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// An embedder for tests: each word adds one to a coordinate chosen by its hash. A word is a token.
public class HashedWords implements Embedder {
    private final int dimension;
    private final int maxTokens;
    public final AtomicInteger embedded = new AtomicInteger();

    public HashedWords(int dimension, int maxTokens) {
        this.dimension = dimension;
        this.maxTokens = maxTokens;
    }

    public static HashedWords usual() {
        return new HashedWords(64, 256);
    }

    @Override
    public String name() {
        return "hashed-words";
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        embedded.addAndGet(texts.size());
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        var vector = new float[dimension];
        for (var word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[Math.floorMod(word.hashCode() * 31, dimension)] += 1;
        }
        double norm = 0;
        for (float x : vector) {
            norm += x * x;
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(norm));
        }
        return vector;
    }

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    @Override
    public int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Override
    public void close() {}
}
