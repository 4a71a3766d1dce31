package dev.sartor.curate;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;

/// Embeds texts as hashed counts of their words, of unit length: near where texts share words, which is enough to test what goes by vectors.
final class WordVectors implements Embedder {
    private static final int DIMENSION = 64;

    @Override
    public String name() {
        return "words";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(WordVectors::vector).toList();
    }

    private static float[] vector(String text) {
        var vector = new float[DIMENSION];
        for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            vector[Math.floorMod(word.hashCode() * 31 + 7, DIMENSION)]++;
        }
        double square = 0;
        for (float each : vector) {
            square += each * each;
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(Math.max(square, 1e-9));
        }
        return vector;
    }

    @Override
    public int maxTokens() {
        return 1000;
    }

    @Override
    public int countTokens(String text) {
        return text.split("\\s+", -1).length;
    }

    @Override
    public void close() {}
}
