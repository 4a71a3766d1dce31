package dev.sartor.tune;

/// What is done with a training row that is longer than allowed. Nobody chooses it but the user.
public enum TooLong {
    /// It is left out whole, and counted.
    DROP,
    /// It becomes several rows, cut from its end on: each token that is learned is learned once, in the part that holds the
    /// most of what stands before it, and the answer's end stays with the last part. Parts in which nothing is learned are
    /// left out.
    SPLIT
}
