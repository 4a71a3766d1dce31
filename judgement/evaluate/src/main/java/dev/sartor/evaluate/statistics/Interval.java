package dev.sartor.evaluate.statistics;

/// A confidence interval, of 95 % where nothing else is said.
public record Interval(double low, double high) {
    /// The two-sided error of a 95 % interval.
    public static final double USUAL_ERROR = 0.05;
}
