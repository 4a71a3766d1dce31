package dev.sartor.synthesis;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Vectors of hashed words: texts that share words are alike.
public final class WordEmbedder implements Embedder {
    private static final int DIMENSION = 512;

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
        words(text).forEach(word -> vector[Math.floorMod(word.hashCode() * 31, DIMENSION)]++);
        double squares = 0;
        for (float each : vector) {
            squares += each * each;
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (vector[i] / Math.max(1e-9, Math.sqrt(squares)));
        }
        return vector;
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1))
                .filter(word -> !word.isBlank());
    }

    @Override
    public int maxTokens() {
        return 256;
    }

    @Override
    public int countTokens(String text) {
        return (int) words(text).count();
    }

    @Override
    public void close() {}
}
