package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What chance alone would do to a figure, from 10,000 draws.
public final class Resampling {
    static final int DRAWS = 10_000;

    /// The same answers give the same interval, on every machine.
    private static final long SEED = 20_260_101;

    private Resampling() {}

    /// The generator whose algorithm the JDK specifies (Steele and Vigna 2021), at this project's one seed.
    public static RandomGenerator seeded() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    /// The 95 % interval by the percentile bootstrap.
    public static Interval bootstrap(
            int n, ToDoubleFunction<int[]> figure, RandomGenerator random) {
        return bootstrap(n, figure, random, Interval.USUAL_ERROR);
    }

    /// The percentile bootstrap (Efron 1979): the middle of the figure over samples of n examples with replacement,
    /// as `scipy.stats.bootstrap(method="percentile")`.
    ///
    /// @param error two-sided: 0.05 gives the middle 95 %
    public static Interval bootstrap(
            int n, ToDoubleFunction<int[]> figure, RandomGenerator random, double error) {
        var rows = new int[n];
        return middle(
                () -> {
                    for (int i = 0; i < n; i++) {
                        rows[i] = random.nextInt(n);
                    }
                    return figure.applyAsDouble(rows);
                },
                error);
    }

    /// The same over samples of whole groups.
    public static Interval bootstrap(
            Clusters clusters,
            ToDoubleFunction<int[]> figure,
            RandomGenerator random,
            double error) {
        return middle(() -> figure.applyAsDouble(clusters.draw(random)), error);
    }

    private static Interval middle(DoubleSupplier draw, double error) {
        var figures = new double[DRAWS];
        Arrays.setAll(figures, _ -> draw.getAsDouble());
        Arrays.sort(figures);
        return new Interval(percentile(figures, error / 2), percentile(figures, 1 - error / 2));
    }

    /// Approximate randomisation (Noreen 1989): how often the difference is as large when each example's two answers change
    /// sides by a coin's toss, the observed sides counted as one of the draws. Two-sided.
    ///
    /// @param pool of the first candidate's n rows, then the second's
    public static double randomised(int n, Pool pool, RandomGenerator random) {
        var first = Pool.range(0, n);
        var second = Pool.range(n, 2 * n);
        double observed = Math.abs(pool.over(first) - pool.over(second));
        int asLarge = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < n; i++) {
                boolean swapped = random.nextBoolean();
                first[i] = swapped ? n + i : i;
                second[i] = swapped ? i : n + i;
            }
            double difference = Math.abs(pool.over(first) - pool.over(second));
            asLarge += difference >= observed - 1e-12 ? 1 : 0; // sums in another order
        }
        return (double) asLarge / (DRAWS + 1);
    }

    /// Between the two nearest values, as numpy's default.
    static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
