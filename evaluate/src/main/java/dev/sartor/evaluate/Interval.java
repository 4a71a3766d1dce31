package dev.sartor.evaluate;

/// A 95 % interval.
record Interval(double low, double high) {}
