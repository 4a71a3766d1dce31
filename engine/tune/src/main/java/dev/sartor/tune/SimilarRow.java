package dev.sartor.tune;

import java.util.Optional;
import java.util.OptionalInt;

/// Two texts that mean the same, such as a question and the passage that answers it, and perhaps one that does not.
///
/// @param anchor tokens of the first, at least one; likewise the others
/// @param negative is like the anchor and means something else
/// @param group whose texts all mean the same, so that none of them is told from another; empty where nothing is known of that
public record SimilarRow(
        int[] anchor, int[] positive, Optional<int[]> negative, OptionalInt group) {
    public SimilarRow(int[] anchor, int[] positive, Optional<int[]> negative) {
        this(anchor, positive, negative, OptionalInt.empty());
    }

    public SimilarRow {
        if (anchor.length == 0
                || positive.length == 0
                || negative.map(n -> n.length).orElse(1) == 0) {
            throw new IllegalArgumentException("each text must have tokens");
        }
    }
}
