package dev.sartor.privacy;

import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Spread;
import java.util.Arrays;

/// A figure with its 95 % interval.
public record Estimate(double value, double low, double high) {
    static Estimate of(double value, Interval interval) {
        return new Estimate(value, interval.low(), interval.high());
    }

    /// The mean of independent values, with Student's interval. Of a single value, which says nothing about others, the interval is
    /// all that there could be.
    ///
    /// @param least that a value can be
    /// @param most likewise
    static Estimate ofMean(double[] values, double least, double most) {
        double mean = Arrays.stream(values).average().orElseThrow();
        if (values.length < 2) {
            return new Estimate(mean, least, most);
        }
        var spread = Spread.ofMean(values);
        double half = spread.quantile(Interval.USUAL_ERROR) * spread.deviation();
        return new Estimate(mean, Math.max(least, mean - half), Math.min(most, mean + half));
    }
}
