package dev.sartor.evaluate.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/// Intervals of shares and of the difference of two shares among the same examples.
public final class Proportions {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

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
        return new Pairs(both, onlyFirst, onlySecond, neither)
                .difference(
                        wilson(both + onlyFirst, n, error), wilson(both + onlySecond, n, error));
    }

    /// The same where the examples are worth as many independent ones as the four numbers add up to, which need not be whole.
    static Interval difference(Pairs pairs, double error) {
        double n = pairs.count();
        return n == 0
                ? new Interval(-1, 1)
                : pairs.difference(
                        wilson(pairs.first(), n, error), wilson(pairs.second(), n, error));
    }

    /// Wilson's interval of a share of examples that are worth so many independent ones (Korn and Graubard 1998 do so with the
    /// exact interval).
    ///
    /// @param share 0 to 1
    /// @param trials need not be whole; of 0 everything is possible
    static Interval wilson(double share, double trials, double error) {
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double z = NORMAL.inverseSurvivalProbability(error / 2);
        double weight = z * z / trials;
        double middle = (share + weight / 2) / (1 + weight);
        double half =
                z * Math.sqrt(share * (1 - share) / trials + weight / (4 * trials)) / (1 + weight);
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /// How often each of two candidates was right.
    record Pairs(double both, double onlyFirst, double onlySecond, double neither) {
        double count() {
            return both + onlyFirst + onlySecond + neither;
        }

        double first() {
            return (both + onlyFirst) / count();
        }

        double second() {
            return (both + onlySecond) / count();
        }

        /// As if so many examples had shown the same.
        Pairs as(double examples) {
            double times = examples / count();
            return new Pairs(both * times, onlyFirst * times, onlySecond * times, neither * times);
        }

        private Interval difference(Interval firstInterval, Interval secondInterval) {
            double below =
                    squareAndAdd(first() - firstInterval.low(), secondInterval.high() - second());
            double above =
                    squareAndAdd(firstInterval.high() - first(), second() - secondInterval.low());
            double difference = first() - second();
            return new Interval(difference - below, difference + above);
        }

        private double squareAndAdd(double one, double other) {
            double correlation = correlation();
            return Math.sqrt(
                    Math.max(0, one * one - 2 * correlation * one * other + other * other));
        }

        private double correlation() {
            double margins =
                    (both + onlyFirst)
                            * (onlySecond + neither)
                            * (both + onlySecond)
                            * (onlyFirst + neither);
            if (margins == 0) {
                return 0;
            }
            double product = both * neither - onlyFirst * onlySecond;
            double corrected = product > 0 ? Math.max(product - count() / 2, 0) : product;
            return corrected / Math.sqrt(margins);
        }
    }
}
