package dev.sartor.curate.mix;

import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Which shares of several sets suit a task (RegMix, Liu et al. 2024, arXiv 2407.01492): small trainings on mixtures drawn by chance, a
/// regression of their loss on the shares, and of very many mixtures the mean of those with the lowest loss that it foretells.
public final class MixtureSearch {
    private static final int TRAININGS_A_SET = 16;
    private static final int FEWEST_TRAININGS = 48;
    private static final int FORETOLD = 20_000;
    private static final int BEST = 100;

    /// One of so many trainings is kept from the regression, and tells whether it foretells anything.
    private static final int HELD_OUT = 4;

    private final MixtureTrial trial;
    private final long seed;

    public MixtureSearch(MixtureTrial trial, long seed) {
        this.trial = trial;
        this.seed = seed;
    }

    /// What was found.
    ///
    /// @param shares of each set; together 1
    /// @param trainings how many small ones there were
    /// @param rankCorrelation Spearman's, of foretold and measured losses of those trainings that the regression did not see; near 0 it
    ///     foretells nothing
    public record Found(double[] shares, int trainings, double rankCorrelation) {}

    public Found search(Progress progress) {
        var random = new Random(seed);
        int count = Math.max(FEWEST_TRAININGS, TRAININGS_A_SET * trial.sets());
        var mixtures = new ArrayList<double[]>();
        var losses = new double[count];
        try (var step = progress.begin("training on mixtures", count, "trainings")) {
            for (int i = 0; i < count; i++) {
                var shares = drawn(random);
                mixtures.add(shares);
                losses[i] = trial.loss(shares, random);
                step.advance(1);
            }
        }
        var held = IntStream.range(0, count).filter(i -> i % HELD_OUT == 0).toArray();
        var known = IntStream.range(0, count).filter(i -> i % HELD_OUT != 0).toArray();
        var blind = ShareRegression.fit(only(mixtures, known), only(losses, known));
        double correlation =
                correlation(
                        ranks(only(losses, held)),
                        ranks(only(mixtures, held).stream().mapToDouble(blind::at).toArray()));
        var regression = ShareRegression.fit(mixtures, losses);
        return new Found(best(regression, random), count, correlation);
    }

    /// Evenly from all shares that there are (Dirichlet with 1 for each set).
    private double[] drawn(Random random) {
        var shares = new double[trial.sets()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = -Math.log(1 - random.nextDouble());
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private double[] best(ShareRegression regression, Random random) {
        var best =
                IntStream.range(0, FORETOLD)
                        .mapToObj(_ -> drawn(random))
                        .sorted((a, b) -> Double.compare(regression.at(a), regression.at(b)))
                        .limit(BEST)
                        .toList();
        var shares = new double[trial.sets()];
        best.forEach(each -> {
            for (int i = 0; i < shares.length; i++) {
                shares[i] += each[i] / BEST;
            }
        });
        return shares;
    }

    private static List<double[]> only(List<double[]> mixtures, int[] some) {
        return Arrays.stream(some).mapToObj(mixtures::get).toList();
    }

    private static double[] only(double[] values, int[] some) {
        return Arrays.stream(some).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] ranks(double[] values) {
        var order =
                IntStream.range(0, values.length)
                        .boxed()
                        .sorted((a, b) -> Double.compare(values[a], values[b]))
                        .toList();
        var ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[order.get(i)] = i;
        }
        return ranks;
    }

    private static double correlation(double[] a, double[] b) {
        double mean = (a.length - 1) / 2.0;
        double both = 0;
        double square = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            square += (a[i] - mean) * (a[i] - mean);
        }
        return square == 0 ? 0 : both / square;
    }
}
