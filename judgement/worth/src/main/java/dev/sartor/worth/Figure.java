package dev.sartor.worth;

import dev.sartor.evaluate.statistics.Interval;

/// An amount of money with its 95 % interval.
public record Figure(double value, double low, double high) {
    /// @param around how far the interval of an answer's money reaches
    /// @param answers how many answers the amount is of
    static Figure of(double value, Interval around, double answers) {
        return new Figure(value, value + answers * around.low(), value + answers * around.high());
    }

    Figure less(double amount) {
        return new Figure(value - amount, low - amount, high - amount);
    }
}
