package dev.sartor.prompt;

import dev.sartor.core.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Texts are alike as far as they share words. Counts how many texts it has seen.
final class WordEmbedder implements Embedder {
    private static final int DIMENSION = 512;

    int seen;

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
        seen += texts.size();
        return texts.stream().map(WordEmbedder::vector).toList();
    }

    private static float[] vector(String text) {
        var vector = new float[DIMENSION];
        double squares = 0;
        for (var word : words(text)) {
            vector[Math.floorMod(word.hashCode(), DIMENSION)]++;
        }
        for (float f : vector) {
            squares += f * f;
        }
        for (int i = 0; i < DIMENSION && squares > 0; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (var word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
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
