package dev.sartor.curate.select;

import dev.sartor.core.measure.VectorProducts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// TypiClust (Hacohen, Dekel and Weinshall 2022): as many clusters as there are labelled and wanted rows; of the largest without a
/// labelled row the row whose 20 nearest in the cluster are the nearest.
final class Typical {
    private static final int NEAREST = 20;

    /// More clusters than this are not told apart; then each gives several rows.
    private static final int MOST_CLUSTERS = 500;

    /// Of a cluster with more rows so many are compared.
    private static final int MOST_COMPARED = 1000;

    private final LabelPool pool;
    private final Clusters clusters;
    private final boolean[] isTaken;

    Typical(LabelPool pool, int wanted, RandomGenerator random) {
        this.pool = pool;
        int count = Math.min(MOST_CLUSTERS, pool.labelled().length + wanted);
        this.clusters = Clusters.find(pool.vectors(), count, random);
        this.isTaken = new boolean[pool.vectors().size()];
        for (int row : pool.labelled()) {
            isTaken[row] = true;
        }
    }

    int[] choose(int wanted) {
        var chosen = new ArrayList<Integer>();
        var taken = new int[clusters.count()];
        for (int row : pool.labelled()) {
            taken[clusters.of()[row]]++;
        }
        var sizes = new int[clusters.count()];
        for (int cluster : clusters.of()) {
            sizes[cluster]++;
        }
        while (chosen.size() < wanted) {
            var order =
                    IntStream.range(0, sizes.length)
                            .boxed()
                            .sorted(
                                    Comparator.<Integer>comparingInt(c -> taken[c])
                                            .thenComparingInt(c -> -sizes[c]))
                            .toList();
            int before = chosen.size();
            int fewest = fewest(taken, sizes);
            for (int cluster : order) {
                if (chosen.size() < wanted
                        && taken[cluster] == fewest
                        && taken[cluster] < sizes[cluster]) {
                    int row = mostTypical(cluster);
                    taken[cluster]++;
                    isTaken[row] = true;
                    chosen.add(row);
                }
            }
            if (chosen.size() == before) {
                break;
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The fewest rows that are taken of a cluster that has others.
    private static int fewest(int[] taken, int[] sizes) {
        return IntStream.range(0, taken.length)
                .filter(c -> taken[c] < sizes[c])
                .map(c -> taken[c])
                .min()
                .orElse(0);
    }

    private int mostTypical(int cluster) {
        var all = clusters.rows(cluster);
        var rows = sample(all);
        var free = sample(Arrays.stream(all).filter(row -> !isTaken[row]).toArray());
        return Arrays.stream(free).boxed().toList().parallelStream()
                .max(
                        Comparator.<Integer>comparingDouble(row -> typicality(row, rows))
                                .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    /// At most {@link #MOST_COMPARED}, evenly spread.
    private static int[] sample(int[] rows) {
        int count = Math.min(MOST_COMPARED, rows.length);
        return IntStream.range(0, count)
                .map(i -> rows[(int) ((long) i * rows.length / count)])
                .toArray();
    }

    /// The less the mean squared distance to the nearest is, the higher.
    private double typicality(int row, int[] rows) {
        List<float[]> vectors = pool.vectors();
        var own = vectors.get(row);
        var distances =
                Arrays.stream(rows)
                        .filter(other -> other != row)
                        .mapToDouble(other ->
                                VectorProducts.product(vectors.get(other), vectors.get(other))
                                        - 2 * VectorProducts.product(own, vectors.get(other)))
                        .sorted()
                        .limit(NEAREST)
                        .toArray();
        return distances.length == 0
                ? Double.NEGATIVE_INFINITY
                : -Arrays.stream(distances).average().orElseThrow()
                        - VectorProducts.product(own, own);
    }
}
