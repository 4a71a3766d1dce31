package dev.sartor.tune;

import java.util.Optional;

/// Two texts that mean the same, such as a question and the passage that answers it, and perhaps one that does not.
///
/// @param anchor tokens of the first, at least one; likewise the others
/// @param negative is like the anchor and means something else
public record SimilarRow(int[] anchor, int[] positive, Optional<int[]> negative) {
    public SimilarRow {
        if (anchor.length == 0
                || positive.length == 0
                || negative.map(n -> n.length).orElse(1) == 0) {
            throw new IllegalArgumentException("each text must have tokens");
        }
    }
}
