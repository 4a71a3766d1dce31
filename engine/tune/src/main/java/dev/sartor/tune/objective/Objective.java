package dev.sartor.tune.objective;

import dev.sartor.model.PassSize;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// What is to be learned from rows of one kind. For the engine's thread, where not said otherwise.
///
/// @param <R> one row of training data
public interface Objective<R> {
    /// Tokens that a row computes; any thread.
    int tokens(R row);

    /// What a row consists of, for a digest of the data; any thread.
    String content(R row);

    /// What the sum of the rows' losses is divided by to make the mean; any thread.
    long targets(List<R> rows);

    /// How large a pass of these rows is, for each kind of the network's blocks; any thread.
    List<PassSize> sizes(List<R> rows);

    /// Whether a step's rows can be computed in several passes. Not so where a row's loss depends on its neighbours.
    default boolean divides() {
        return true;
    }

    /// The row as this epoch sees it; any thread.
    default R drawn(R row, RandomGenerator random) {
        return row;
    }

    /// Adds the gradients of the sum of these rows' losses, divided by `all`, to those of what is trained.
    ///
    /// @param all the targets of the whole step, of which these rows may be a part
    /// @return the sum of the rows' losses, in nats
    double backward(List<R> rows, long all);

    /// The same, and tells of gradients that are complete before all are, where the last of a step's passes knows.
    ///
    /// @param completeFrom as of {@link dev.sartor.model.network.RecordedPass#backward}
    default double backward(List<R> rows, long all, LongConsumer completeFrom) {
        return backward(rows, all);
    }
}
