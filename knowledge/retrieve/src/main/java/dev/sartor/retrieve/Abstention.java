package dev.sartor.retrieve;

import dev.sartor.core.Problems;

/// When it is said that the answer is not known, instead of asking the model: where nothing is found, and where what is
/// found is not near enough.
///
/// @param words what is said
/// @param nearness the least cosine of the question and its nearest passage at which the model is asked,
///     see {@link Lookup#nearness}; −1 where whatever is found is near enough
public record Abstention(String words, double nearness) {
    public Abstention {
        Problems.refuseUnless(
                nearness >= -1 && nearness <= 1,
                "the nearness below which nothing is known",
                "-1 to 1",
                nearness,
                "it is chosen on validation");
    }

    /// Where nothing at all is found, and nowhere else.
    public static Abstention whereNothingIsFound(String words) {
        return new Abstention(words, -1);
    }

    public boolean looksAtNearness() {
        return nearness > -1;
    }

    public boolean admits(double near) {
        return near >= nearness;
    }
}
