package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/// How likely what was seen would be if nothing but chance were at work; one-sided.
public final class Chance {
    private Chance() {}

    /// Several independent p-values as one: −2 Σ ln p is chi-squared with twice as many degrees of freedom as there are p-values
    /// (Fisher 1925, section 21.1; `scipy.stats.combine_pvalues`).
    ///
    /// @param p each over 0; at least one
    public static double combined(double[] p) {
        double statistic = -2 * Arrays.stream(p).map(Math::log).sum();
        return ChiSquaredDistribution.of(2.0 * p.length).survivalProbability(statistic);
    }

    /// That as many of the first or more were drawn, had both sides the same chance (Fisher's exact test,
    /// `scipy.stats.fisher_exact(alternative="greater")`).
    ///
    /// @param hits of the first side's `count`
    public static double moreOften(int hits, int count, int otherHits, int otherCount) {
        return HypergeometricDistribution.of(count + otherCount, hits + otherHits, count)
                .survivalProbability(hits - 1);
    }
}
