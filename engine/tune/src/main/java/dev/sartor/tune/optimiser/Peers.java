package dev.sartor.tune.optimiser;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.kernel.Blockwise8Bit;

/// The processes that take a training's steps together, this one among them, each under its rank. Every rank computes the gradients of
/// some of a step's rows; their sum is everyone's. Of each array of parameters a rank changes a part, whose optimiser's state it
/// alone holds (ZeRO, stage 1: Rajbhandari et al. 2020), and all take it over. Rank 0 decides, and the others follow it. For the
/// engine's thread.
public interface Peers extends AutoCloseable {
    /// A training by this process alone.
    static Peers none() {
        return Alone.ONLY;
    }

    /// From 0.
    int rank();

    /// How many there are, at least 1.
    int count();

    default boolean areNone() {
        return count() == 1;
    }

    /// Has the others compute their part of a step's gradients.
    ///
    /// @param step from 0, over all epochs
    void begin(int step, double rate);

    /// The sum over all ranks.
    ///
    /// @param loss this rank's
    double sum(double loss);

    /// Begins to replace the values by their sum over all ranks, which goes on beside what this rank computes. All ranks begin the
    /// same sums in the same order.
    ///
    /// @param values contiguous; untouched until the sum is there
    Sum beginSum(Tensor values);

    /// A sum that may still be under way. Closing forgets it, and does not end it.
    interface Sum extends AutoCloseable {
        /// Waits until it is there.
        void await();

        @Override
        void close();
    }

    /// Has the others change their part of the parameters.
    ///
    /// @param factor that gradients are multiplied by
    void take(double factor);

    /// Has the others leave the parameters as they are.
    void leave();

    /// Has the others send their part of the optimiser's state.
    void collect();

    /// Has the others receive parameters and their part of the optimiser's state.
    ///
    /// @param taken steps that the optimiser has taken
    void spread(int taken);

    /// Replaces the values by those of one rank.
    void broadcast(Tensor values, int from);

    void send(Tensor values, int to);

    void receive(Tensor values, int from);

    /// Where a rank's part of an array begins, and the one of the rank before it ends: at a block of 256, which 8 bits share a scale
    /// in.
    ///
    /// @param length of the array
    /// @param rank from 0 to the number of ranks
    default long from(long length, int rank) {
        long blocks = Math.ceilDiv(length, (long) Blockwise8Bit.BLOCK);
        return Math.min(length, blocks * rank / count() * Blockwise8Bit.BLOCK);
    }

    @Override
    void close();
}
