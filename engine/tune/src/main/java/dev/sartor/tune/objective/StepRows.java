package dev.sartor.tune.objective;

import java.util.List;

/// Which rows each step sees.
///
/// @param <R> one row of training data
public interface StepRows<R> {
    /// Steps in which each row is seen once, on the mean.
    int inEpoch();

    /// @param step from 0, over all epochs
    List<R> at(int step);
}
