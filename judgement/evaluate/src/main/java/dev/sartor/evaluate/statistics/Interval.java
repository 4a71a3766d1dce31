package dev.sartor.evaluate.statistics;

/// A 95 % interval.
public record Interval(double low, double high) {}
