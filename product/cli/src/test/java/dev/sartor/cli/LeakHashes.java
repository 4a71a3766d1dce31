package dev.sartor.cli;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;

/// An embedder for proofs: each word adds one to a coordinate chosen by its hash. A word is a token.
record LeakHashes(int dimension) implements Embedder {
    private static final int LONGEST = 256;

    @Override
    public String name() {
        return "hashed-words";
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        var vector = new float[dimension];
        for (var word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[Math.floorMod(word.hashCode() * 31, dimension)] += 1;
        }
        double squares = 0;
        for (float x : vector) {
            squares += x * x;
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }

    @Override
    public int maxTokens() {
        return LONGEST;
    }

    @Override
    public int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Override
    public void close() {}
}
