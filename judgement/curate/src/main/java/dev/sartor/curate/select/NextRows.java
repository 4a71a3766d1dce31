package dev.sartor.curate.select;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Chooses the rows to label next.
public final class NextRows {
    private final LabelPool pool;
    private final int[] unlabelled;
    private final RandomGenerator random;

    private NextRows(LabelPool pool, long seed) {
        this.pool = pool;
        this.unlabelled = pool.unlabelled();
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Rows that have no label yet, the most wanted first.
    ///
    /// @param count how many; all there are, where there are fewer
    /// @param seed where chance starts
    /// @throws dev.sartor.core.SartorException where the strategy asks a classifier and the labelled rows do not have two labels
    public static int[] choose(
            LabelPool pool, int count, Strategy strategy, long seed, Progress progress) {
        Problems.refuseUnless(count >= 1, "count", "at least 1", count, "100 is usual");
        if (strategy.asksAClassifier()) {
            Problems.refuseUnless(
                    pool.known() >= 2,
                    "strategy",
                    "one that asks no classifier while the labelled rows have fewer than two labels",
                    strategy.key(),
                    "begin with typical");
        }
        try (var step = progress.begin("choosing rows to label", 0, "rows")) {
            var chosen = new NextRows(pool, seed).choose(count, strategy);
            step.advance(chosen.length);
            return chosen;
        }
    }

    private int[] choose(int count, Strategy strategy) {
        int wanted = Math.min(count, unlabelled.length);
        if (wanted == 0) {
            return new int[0];
        }
        return switch (strategy) {
            case RANDOM -> shuffled(wanted);
            case LEAST_CONFIDENCE -> lowest(wanted, NextRows::confidence);
            case MARGIN -> lowest(wanted, NextRows::margin);
            case ENTROPY -> lowest(wanted, row -> -entropy(row));
            case K_CENTER -> kCenter(wanted);
            case K_MEANS -> kMeans(wanted);
            case BADGE -> badge(wanted);
            case TYPICAL -> new Typical(pool, wanted, random).choose(wanted);
        };
    }

    private int[] shuffled(int wanted) {
        var order = unlabelled.clone();
        for (int i = 0; i < wanted; i++) {
            int at = i + random.nextInt(order.length - i);
            int row = order[at];
            order[at] = order[i];
            order[i] = row;
        }
        return Arrays.copyOf(order, wanted);
    }

    private int[] lowest(int wanted, ToDoubleFunction<double[]> certainty) {
        var probabilities = new PoolClassifier(pool).probabilities(unlabelled);
        var certain = Arrays.stream(probabilities).mapToDouble(certainty).toArray();
        return IntStream.range(0, unlabelled.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> certain[i]))
                .limit(wanted)
                .mapToInt(i -> unlabelled[i])
                .toArray();
    }

    static double confidence(double[] row) {
        return row[LogisticRegression.likeliest(row)];
    }

    static double margin(double[] row) {
        int best = LogisticRegression.likeliest(row);
        double second = 0;
        for (int c = 0; c < row.length; c++) {
            second = c == best ? second : Math.max(second, row[c]);
        }
        return row[best] - second;
    }

    /// In nats.
    static double entropy(double[] row) {
        double sum = 0;
        for (double each : row) {
            sum -= each > 0 ? each * Math.log(each) : 0;
        }
        return sum;
    }

    private int[] kCenter(int wanted) {
        var all = IntStream.range(0, pool.vectors().size()).toArray();
        var spread = new Spread(Distances.ofVectors(pool.vectors(), all));
        for (int row : pool.labelled()) {
            spread.add(row);
        }
        return spread.furthest(wanted, unlabelled);
    }

    private int[] kMeans(int wanted) {
        var spread = new Spread(Distances.ofVectors(pool.vectors(), unlabelled));
        return rows(spread.plusPlus(wanted, random.nextInt(unlabelled.length), random));
    }

    /// The first is the row with the longest gradient.
    private int[] badge(int wanted) {
        var probabilities = new PoolClassifier(pool).probabilities(unlabelled);
        var errors = Arrays.stream(probabilities).map(NextRows::errors).toArray(float[][]::new);
        var gradients = Distances.ofGradients(pool.vectors(), unlabelled, errors);
        int longest = 0;
        for (int i = 1; i < gradients.count(); i++) {
            longest = gradients.squaredNorm(i) > gradients.squaredNorm(longest) ? i : longest;
        }
        return rows(new Spread(gradients).plusPlus(wanted, longest, random));
    }

    private static float[] errors(double[] probabilities) {
        var errors = new float[probabilities.length];
        for (int c = 0; c < errors.length; c++) {
            errors[c] = (float) probabilities[c];
        }
        errors[LogisticRegression.likeliest(probabilities)]--;
        return errors;
    }

    private int[] rows(int[] points) {
        return Arrays.stream(points).map(i -> unlabelled[i]).toArray();
    }
}
