package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/// Two-sided p-values for two candidates that answered the same examples.
public final class PairedTests {
    /// scipy: exact up to here, the normal approximation above.
    private static final int MOST_EXACT = 50;

    /// scipy: with ties or zeros, all 2^n signs are tried up to here.
    private static final int MOST_ENUMERATED = 13;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private PairedTests() {}

    /// The exact test of McNemar: of the examples that one alone got right, would a fair coin give so uneven a split?
    /// 1 where there are none.
    ///
    /// Twice the smaller tail, as the coin is fair. The BinomialTest of commons-statistics 1.2 loses one end of the other tail to
    /// rounding for some splits: 3 of 13 gives 0.057 there, and is 0.092.
    public static double mcNemar(int onlyFirst, int onlySecond) {
        var coin = BinomialDistribution.of(onlyFirst + onlySecond, 0.5);
        return Math.min(1, 2 * coin.cumulativeProbability(Math.min(onlyFirst, onlySecond)));
    }

    /// Student's paired t-test; 1 where all differences are 0.
    public static double t(double[] first, double[] second) {
        return Arrays.equals(first, second)
                ? 1
                : TTest.withDefaults().pairedTest(first, second).getPValue();
    }

    /// Wilcoxon's signed-rank test as `scipy.stats.wilcoxon` does it by default: zeros are dropped, tied differences share
    /// their mean rank; exact without ties and zeros up to 50 pairs and in any case up to 13; otherwise the normal
    /// approximation, corrected for ties, not for continuity. 1 where all differences are 0.
    public static double wilcoxon(double[] first, double[] second) {
        var all = IntStream.range(0, first.length).mapToDouble(i -> first[i] - second[i]).toArray();
        var differences = Arrays.stream(all).filter(difference -> difference != 0).toArray();
        if (differences.length == 0) {
            return 1;
        }
        var ranks = new Ranks(differences);
        boolean plain = differences.length == all.length && !ranks.hasTies();
        if (plain && all.length <= MOST_EXACT) {
            return WilcoxonSignedRankTest.withDefaults()
                    .with(PValueMethod.EXACT)
                    .test(differences)
                    .getPValue();
        }
        return all.length <= MOST_ENUMERATED ? enumerated(ranks) : approximate(ranks);
    }

    private static double enumerated(Ranks ranks) {
        int n = ranks.count();
        double observed = ranks.positiveSum();
        int atMost = 0;
        int atLeast = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += (signs >> i & 1) * ranks.rank(i);
            }
            atMost += sum <= observed ? 1 : 0;
            atLeast += sum >= observed ? 1 : 0;
        }
        return Math.min(1, 2.0 * Math.min(atMost, atLeast) / (1 << n));
    }

    private static double approximate(Ranks ranks) {
        double n = ranks.count();
        double mean = n * (n + 1) / 4;
        double variance = (n * (n + 1) * (2 * n + 1) - ranks.tieCorrection() / 2) / 24;
        double z = (ranks.positiveSum() - mean) / Math.sqrt(variance);
        return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
    }
}
