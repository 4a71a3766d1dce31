package dev.sartor.compare;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;

/// Vectors of hashed words: texts that share words are alike.
public final class WordEmbedder implements Embedder {
    private static final int DIMENSION = 64;

    public static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1)).stream()
                .filter(word -> !word.isBlank())
                .toList();
    }

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
        return texts.stream().map(WordEmbedder::vector).toList();
    }

    private static float[] vector(String text) {
        var vector = new float[DIMENSION];
        words(text).forEach(word -> vector[Math.floorMod(word.hashCode(), DIMENSION)]++);
        double norm = 0;
        for (float each : vector) {
            norm += each * each;
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (vector[i] / Math.max(1e-9, Math.sqrt(norm)));
        }
        return vector;
    }

    @Override
    public int maxTokens() {
        return 256;
    }

    @Override
    public int countTokens(String text) {
        return words(text).size();
    }

    @Override
    public void close() {}
}
