package dev.sartor.tune.privacy;

import dev.sartor.core.SartorException;
import dev.sartor.tune.PrivacyLedger;
import dev.sartor.tune.TunePrivacy;
import dev.sartor.tune.TuneSettings;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What the steps of a private training cost together: their Rényi divergences add up (Mironov 2017) and are turned into ε at a δ
/// (Balle et al. 2020, theorem 21), by the best of the orders that Opacus' RDPAccountant tries.
public final class RdpAccountant {
    /// More noise than this leaves nothing of any gradient.
    private static final double MOST_NOISE = 10_000;

    private static final double LEAST_NOISE = 0.01;

    private RdpAccountant() {}

    /// What a training costs; empty where nothing is promised.
    ///
    /// @param rows that are trained on
    public static Optional<PrivacyLedger> ledger(TuneSettings settings, int rows) {
        int steps = Math.ceilDiv(rows, settings.batch()) * settings.epochs();
        return settings.privacy().map(asked -> ledger(asked, rows, settings.batch(), steps));
    }

    /// @param batch rows that a step takes on the mean
    /// @param steps of the whole training
    /// @throws SartorException a user's error where no noise keeps it within the ε that was asked for
    static PrivacyLedger ledger(TunePrivacy privacy, int rows, int batch, int steps) {
        double delta = privacy.deltaFor(rows);
        double rate = Math.min(1, (double) batch / rows);
        double noise =
                switch (privacy.noise()) {
                    case TunePrivacy.Noise.Multiplier(double given) -> given;
                    case TunePrivacy.Noise.Within(double epsilon) ->
                            noise(epsilon, rate, steps, delta);
                };
        return new PrivacyLedger(
                epsilon(new SampledGaussian(rate, noise), steps, delta),
                delta,
                noise,
                rate,
                steps,
                privacy.clip());
    }

    /// 0 where the best bound is below it.
    static double epsilon(SampledGaussian step, int steps, double delta) {
        double least =
                orders().map(
                                order -> {
                                    double divergence = step.divergence(order) * steps;
                                    return divergence
                                            - (Math.log(delta) + Math.log(order)) / (order - 1)
                                            + Math.log1p(-1 / order);
                                })
                        .filter(each -> !Double.isNaN(each))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
        return Math.max(0, least);
    }

    /// 1.1, 1.2 … 10.9, and 12 to 63.
    private static DoubleStream orders() {
        return DoubleStream.concat(
                IntStream.range(1, 100).mapToDouble(each -> 1 + each / 10.0),
                IntStream.range(12, 64).mapToDouble(each -> each));
    }

    /// The least noise that stays within ε, up to its fourth digit after the point.
    static double noise(double epsilon, double rate, int steps, double delta) {
        if (epsilon(new SampledGaussian(rate, MOST_NOISE), steps, delta) > epsilon) {
            throw SartorException.user(
                    "tune.privacy.epsilon must be larger than what "
                            + steps
                            + " steps cost under any noise at delta "
                            + delta
                            + ", got "
                            + epsilon
                            + ": raise it, or take fewer epochs.");
        }
        double low = LEAST_NOISE;
        double high = MOST_NOISE;
        while (high - low > 1e-5) {
            double middle = (low + high) / 2;
            if (epsilon(new SampledGaussian(rate, middle), steps, delta) > epsilon) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.ceil(high * 1e4) / 1e4;
    }
}
