package dev.sartor.retrieve;

import dev.sartor.core.Problems;

/// When it is said that the answer is not known, instead of asking the model.
///
/// @param words what is said
/// @param nearness the least cosine of the question and its nearest passage at which the model is asked,
///     see {@link Lookup#nearness}
public record Abstention(String words, double nearness) {
    public Abstention {
        Problems.refuseUnless(
                nearness >= -1 && nearness <= 1,
                "the nearness below which nothing is known",
                "-1 to 1",
                nearness,
                "it is chosen on validation");
    }
}
