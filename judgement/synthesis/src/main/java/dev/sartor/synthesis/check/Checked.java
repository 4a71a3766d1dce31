package dev.sartor.synthesis.check;

import java.util.Optional;

/// What became of a claim.
///
/// @param fault empty for a pair that is kept
/// @param right how probable it is that the pair has no fault, 0 to 1, by the {@link PairClassifier}
/// @param features that it was told by; empty for what is no pair
public record Checked(Claim claim, Optional<PairFault> fault, double right, Features features) {
    /// How far the question's words are from those of the sentence that answers it, 0 to 1: the share of their weight that does not
    /// stand there.
    public double difficulty() {
        return Math.clamp(1 - features.of("covered_by_sentence"), 0.0, 1.0);
    }

    Checked with(PairFault found) {
        return new Checked(claim, Optional.of(found), right, features);
    }
}
