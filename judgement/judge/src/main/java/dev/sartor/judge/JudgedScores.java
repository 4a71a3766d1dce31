package dev.sartor.judge;

import dev.sartor.core.Score;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.PairedTests;
import dev.sartor.evaluate.statistics.RoganGladen;
import java.util.Arrays;

/// What a judge's scores, 1 for the better answer, 0.5 for a tie and 0 for the worse one, say of what people would prefer. Its errors
/// are taken out of each figure, and both sources of sampling error, the answers and the judgements, stand in its interval.
public final class JudgedScores {
    private static final Interval SIGNS = new Interval(-1, 1);

    private final RoganGladen correction;

    public JudgedScores(RoganGladen correction) {
        this.correction = correction;
    }

    /// The win rate, 0 to 1: how often people would prefer the answer, a tie counting half.
    ///
    /// @param scores one for each row, at least one
    public Score winRate(String metric, double[] scores) {
        var signs = Arrays.stream(scores).map(score -> 2 * score - 1).toArray();
        var interval = correction.interval(signs, Interval.USUAL_ERROR, SIGNS);
        return new Score(
                metric,
                0.5 + correction.corrected(signs, SIGNS) / 2,
                0.5 + interval.low() / 2,
                0.5 + interval.high() / 2,
                scores.length);
    }

    /// The first's win rate less the second's, on the same rows in the same order.
    public PairedComparison compare(double[] first, double[] second) {
        var differences = differences(first, second);
        var interval = correction.interval(differences, Interval.USUAL_ERROR, SIGNS);
        return new PairedComparison(
                correction.corrected(differences, SIGNS),
                interval.low(),
                interval.high(),
                PairedTests.wilcoxon(first, second),
                (int) Arrays.stream(differences).filter(each -> each > 0).count(),
                (int) Arrays.stream(differences).filter(each -> each < 0).count());
    }

    /// The interval of that difference at another error.
    ///
    /// @param error two-sided
    public Interval interval(double[] first, double[] second, double error) {
        return correction.interval(differences(first, second), error, SIGNS);
    }

    private static double[] differences(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " rows against " + second.length);
        }
        var differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return differences;
    }
}
