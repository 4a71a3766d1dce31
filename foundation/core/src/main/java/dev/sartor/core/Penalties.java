package dev.sartor.core;

/// What makes tokens that were already there less likely, or more.
///
/// @param repetition logits of tokens of the prompt or the answer are divided by it where positive, multiplied where
///     negative (Keskar et al. 2019); more than 0, at most 10; 1 changes nothing
/// @param frequency taken from a token's logit for each time it stands in the answer, −2 to 2
/// @param presence taken from a token's logit once if it stands in the answer, −2 to 2
public record Penalties(double repetition, double frequency, double presence) {
    private static final Penalties NONE = new Penalties(1, 0, 0);

    public Penalties {
        Problems.refuseUnless(
                repetition > 0 && repetition <= 10,
                "repetition_penalty",
                "more than 0, at most 10",
                repetition,
                "1 changes nothing");
        Problems.refuseUnless(
                Math.abs(frequency) <= 2,
                "frequency_penalty",
                "-2 to 2",
                frequency,
                "0 changes nothing");
        Problems.refuseUnless(
                Math.abs(presence) <= 2,
                "presence_penalty",
                "-2 to 2",
                presence,
                "0 changes nothing");
    }

    public static Penalties none() {
        return NONE;
    }
}
