package dev.sartor.curate.select;

import dev.sartor.core.measure.VectorProducts;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// k-means (Lloyd 1982) from a k-means++ start.
///
/// @param of of each row its cluster, from 0
/// @param count how many clusters there are
record Clusters(int[] of, int count) {
    private static final int ROUNDS = 12;

    /// @param most clusters; as many as there are rows, where there are fewer
    static Clusters find(List<float[]> vectors, int most, RandomGenerator random) {
        var rows = IntStream.range(0, vectors.size()).toArray();
        int count = Math.min(most, rows.length);
        var starts =
                new Spread(Distances.ofVectors(vectors, rows))
                        .plusPlus(count, random.nextInt(rows.length), random);
        var centres =
                Arrays.stream(starts).mapToObj(i -> vectors.get(i).clone()).toArray(float[][]::new);
        var of = new int[rows.length];
        for (int round = 0; round < ROUNDS; round++) {
            var next = nearest(vectors, centres);
            if (Arrays.equals(of, next) && round > 0) {
                break;
            }
            of = next;
            move(vectors, of, centres);
        }
        return new Clusters(of, count);
    }

    private static int[] nearest(List<float[]> vectors, float[][] centres) {
        var norms = Arrays.stream(centres).mapToDouble(c -> VectorProducts.product(c, c)).toArray();
        return IntStream.range(0, vectors.size())
                .parallel()
                .map(i -> {
                    int best = 0;
                    double least = Double.POSITIVE_INFINITY;
                    for (int c = 0; c < centres.length; c++) {
                        double distance =
                                norms[c] - 2 * VectorProducts.product(vectors.get(i), centres[c]);
                        if (distance < least) {
                            least = distance;
                            best = c;
                        }
                    }
                    return best;
                })
                .toArray();
    }

    /// A centre without rows stays where it is.
    private static void move(List<float[]> vectors, int[] of, float[][] centres) {
        var sums = new double[centres.length][centres[0].length];
        var counts = new int[centres.length];
        for (int i = 0; i < of.length; i++) {
            counts[of[i]]++;
            var vector = vectors.get(i);
            for (int j = 0; j < vector.length; j++) {
                sums[of[i]][j] += vector[j];
            }
        }
        for (int c = 0; c < centres.length; c++) {
            for (int j = 0; j < centres[c].length && counts[c] > 0; j++) {
                centres[c][j] = (float) (sums[c][j] / counts[c]);
            }
        }
    }

    int[] rows(int cluster) {
        return IntStream.range(0, of.length).filter(i -> of[i] == cluster).toArray();
    }
}
