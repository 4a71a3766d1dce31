package dev.sartor.model.memory;

import dev.sartor.core.Problems;

/// Linear layers of one size in a block.
///
/// @param times how many of them the block has; more than one for the experts of a mixture
public record LinearShape(int in, int out, int times) {
    public LinearShape {
        Problems.refuseUnless(
                in > 0 && out > 0 && times > 0,
                "a linear layer's size",
                "more than 0",
                in + " × " + out + " × " + times,
                "is the model's config.json damaged?");
    }

    public static LinearShape of(int in, int out) {
        return new LinearShape(in, out, 1);
    }

    /// Without a bias.
    long weights() {
        return (long) in * out * times;
    }

    /// Values of a low-rank pair for each of them (Hu et al. 2021): A [rank, in] and B [out, rank].
    long adapted(int rank) {
        return (long) rank * (in + out) * times;
    }
}
