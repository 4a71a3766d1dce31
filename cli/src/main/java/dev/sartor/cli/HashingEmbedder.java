package dev.sartor.cli;

import dev.sartor.core.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Stands in for a model where only the search is measured: a text's vector is the sum of one random direction for each
/// of its words, of unit length.
record HashingEmbedder(int dimension) implements Embedder {
    private static final int DIRECTIONS = 1 << 13;
    private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final float[][] KNOWN = new float[DIRECTIONS][];

    @Override
    public String name() {
        return "hashing";
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        var sum = new float[dimension];
        for (var word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            var direction = direction(Math.floorMod(word.hashCode(), DIRECTIONS));
            for (int i = 0; i < dimension; i++) {
                sum[i] += direction[i];
            }
        }
        double squares = 0;
        for (float x : sum) {
            squares += (double) x * x;
        }
        for (int i = 0; i < dimension; i++) {
            sum[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return sum;
    }

    private float[] direction(int number) {
        synchronized (KNOWN) {
            var known = KNOWN[number];
            if (known == null || known.length != dimension) {
                var random = RANDOM.create(number);
                known = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    known[i] = (float) random.nextGaussian();
                }
                KNOWN[number] = known;
            }
            return known;
        }
    }

    @Override
    public int maxTokens() {
        return 8192;
    }

    @Override
    public int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Override
    public void close() {}
}
