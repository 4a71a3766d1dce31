package dev.sartor.tune.optimiser;

import dev.sartor.tensor.Tensor;

/// One array of parameters under training; all three are one-dimensional and of one length.
///
/// @param master what the optimiser changes, F32
/// @param working what the network computes with, in its own type; the master itself where that is F32
/// @param gradient what backward passes add to, of the working array's type; of a private training, F32, what the optimiser sees
/// @param decays whether weight decay pulls at them
public record Parameters(Tensor master, Tensor working, Tensor gradient, boolean decays) {
    public long count() {
        return master.count();
    }

    public Parameters slice(long from, long length) {
        var slice = master.slice(0, from, length);
        return new Parameters(
                slice,
                isOne() ? slice : working.slice(0, from, length),
                gradient.slice(0, from, length),
                decays);
    }

    /// The same with other gradients.
    public Parameters withGradient(Tensor other) {
        return new Parameters(master, working, other, decays);
    }

    /// Whether master and working array are the same.
    public boolean isOne() {
        return working == master;
    }
}
