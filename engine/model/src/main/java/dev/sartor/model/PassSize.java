package dev.sartor.model;

import dev.sartor.core.Problems;

/// How large one pass of a training is, as far as its memory depends on it.
///
/// @param prefix tokens that all rows begin with, computed once
/// @param rows side by side
/// @param length to which rows are padded where attention computes them, the prefix not counted
/// @param seen what each row's tokens attend to besides the prefix and their own row: what a decoder reads
/// @param tokens that every other layer computes: the prefix, the rows' own, filler
/// @param learned tokens whose logits are computed
public record PassSize(int prefix, int rows, int length, int seen, long tokens, long learned) {
    public PassSize {
        Problems.refuseUnless(
                rows >= 1 && length >= 1 && prefix >= 0 && tokens >= 1,
                "a pass",
                "at least a row of a token",
                rows + " rows of " + length,
                "there is nothing to compute");
    }

    /// Rows of one length that share nothing, every token learned.
    public static PassSize of(int rows, int length) {
        return new PassSize(0, rows, length, 0, (long) rows * length, (long) rows * length);
    }

    /// Places that attention computes in the rows.
    public long places() {
        return (long) rows * length;
    }
}
