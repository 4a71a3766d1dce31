package dev.sartor.evaluate.statistics;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/// Intervals of shares and of the difference of two shares among the same examples.
public final class Proportions {
    private Proportions() {}

    /// Wilson's score interval (1927) at 95 %.
    public static Interval wilson(int successes, int trials) {
        return wilson(successes, trials, Interval.USUAL_ERROR);
    }

    private static Interval wilson(int successes, int trials, double error) {
        var interval =
                BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(trials, successes, error);
        return new Interval(interval.getLowerBound(), interval.getUpperBound());
    }

    /// The share right in the first less that in the second: Newcombe's square-and-add interval from the two Wilson
    /// intervals, with his correction of the correlation towards 0 (Statistics in Medicine 17, 1998, 2635, method 10).
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public static Interval difference(
            int both, int onlyFirst, int onlySecond, int neither, double error) {
        int n = both + onlyFirst + onlySecond + neither;
        double first = (double) (both + onlyFirst) / n;
        double second = (double) (both + onlySecond) / n;
        var firstInterval = wilson(both + onlyFirst, n, error);
        var secondInterval = wilson(both + onlySecond, n, error);
        double correlation = correlation(both, onlyFirst, onlySecond, neither);
        double below =
                squareAndAdd(
                        first - firstInterval.low(), secondInterval.high() - second, correlation);
        double above =
                squareAndAdd(
                        firstInterval.high() - first, second - secondInterval.low(), correlation);
        return new Interval(first - second - below, first - second + above);
    }

    private static double squareAndAdd(double one, double other, double correlation) {
        return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
    }

    private static double correlation(int both, int onlyFirst, int onlySecond, int neither) {
        double n = (double) both + onlyFirst + onlySecond + neither;
        double margins =
                ((double) both + onlyFirst)
                        * (onlySecond + neither)
                        * ((double) both + onlySecond)
                        * (onlyFirst + neither);
        if (margins == 0) {
            return 0;
        }
        double product = (double) both * neither - (double) onlyFirst * onlySecond;
        double corrected = product > 0 ? Math.max(product - n / 2, 0) : product;
        return corrected / Math.sqrt(margins);
    }
}
